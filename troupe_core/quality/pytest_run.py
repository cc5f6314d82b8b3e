"""Running a project's tests as its author does, in a process of their own."""

import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

from attrs import frozen

__all__ = ["TestsRun", "pytest_is_there", "run_pytest"]

_NONE_COLLECTED = 5
_OF_A_KIT = ("Seen: ", "Change: ")


@frozen(kw_only=True)
class TestsRun:
    """How it ended."""

    status: int
    """pytest's: 0 all passed, 1 some failed, 2 to 4 it could not run, 5 there were none."""
    passed: int
    failed: tuple[str, ...]
    """Each test that failed, with what it says, in a line."""
    said: str
    """The last lines that pytest printed."""

    @property
    def none_collected(self) -> bool:
        """Whether there was nothing to run."""
        return self.status == _NONE_COLLECTED

    @property
    def could_not_run(self) -> bool:
        """Whether pytest itself failed."""
        return self.status not in (0, 1, _NONE_COLLECTED)


def pytest_is_there() -> bool:
    """Whether it is installed beside Troupe."""
    return find_spec("pytest") is not None


def run_pytest(project: Path, *options: str) -> TestsRun:
    """The tests of the project's folder ``tests``, with these options."""
    with TemporaryDirectory(prefix="troupe-check-") as folder:
        report = Path(folder) / "report.xml"
        words = ["-q", "--no-header", "-p", "no:cacheprovider", f"--junitxml={report}", *options]
        command = [sys.executable, "-m", "pytest", str(project / "tests"), *words]
        ended = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603
        said = _last_lines(ended.stdout) or _last_lines(ended.stderr)
        cases = list(ET.parse(report).iter("testcase")) if report.is_file() else []  # noqa: S314 - pytest has just written it
    failed = tuple(line for case in cases if (line := _failure(case)))
    skipped = sum(case.find("skipped") is not None for case in cases)
    return TestsRun(
        status=ended.returncode, passed=len(cases) - len(failed) - skipped, failed=failed, said=" ".join(said)
    )


def _failure(case: ET.Element) -> str:
    for kind in ("failure", "error"):
        found = case.find(kind)
        if found is not None:
            cls = (case.get("classname") or "").rpartition(".")[2]
            return f"{'.'.join(filter(None, [cls, case.get('name')]))}: {_told(found.get('message') or kind)}"
    return ""


def _told(message: str) -> str:
    """What a kit saw and what it says to change; of any other failure the first line."""
    lines = message.strip().splitlines()
    told = [line for line in lines if line.startswith(_OF_A_KIT)]
    return " ".join(told) if told else re.sub(r"^(\w+\.)+(?=\w+: )", "", lines[0])


def _last_lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()][-2:]
