"""A kit for each of many parts, and what fails when pytest runs them all, inside this process."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from troupe_core.testing import Conformance

__all__ = ["Verdicts", "kits_of", "run_kits"]

HERE = Path(__file__).parent


def kits_of(kit: type[Conformance], parts: Iterable[type], **more: Any) -> dict[str, type[Conformance]]:
    """A test class for each part, named after it; one that sets something of the kit itself says so in `kit_says`."""
    return {
        f"Test{part.__name__}": type(
            f"Test{part.__name__}",
            (kit,),
            {"__module__": kit.__module__, "factory": part, "shrinks": False, "effort": 0.6, **more, **_says(part)},
        )
        for part in parts
    }


def _says(part: type) -> Mapping[str, Any]:
    said: Mapping[str, Any] = getattr(part, "kit_says", {})
    return said


class Verdicts:
    """A plugin of pytest that remembers what became of each test, by class."""

    def __init__(self) -> None:
        self.failed: dict[str, dict[str, str]] = defaultdict(dict)
        self.passed: dict[str, set[str]] = defaultdict(set)
        self.warned: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest after each phase of each test."""
        owner, _, test = report.nodeid.rpartition("::")
        owner = owner.rpartition("::")[2]
        if report.failed:
            self.failed[owner][test] = str(report.longrepr)
        elif report.passed and report.when == "call":
            self.passed[owner].add(test)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """What cannot even be collected is nobody's promise."""
        assert not report.failed, str(report.longrepr)

    def pytest_warning_recorded(self, warning_message: Any) -> None:
        """Called by pytest for each warning."""
        self.warned.append(f"{warning_message.category.__name__}: {warning_message.message}")


def run_kits(file: str, folder: Path, *more: str) -> Verdicts:
    """Run every kit in a file of this folder, as an author would, apart from the settings of this project."""
    settings = folder / "pytest.ini"
    settings.write_text("[pytest]\n")
    verdicts = Verdicts()
    options = ["-c", str(settings), f"--rootdir={HERE}", "--noconftest", "--import-mode=importlib", "-s"]
    quiet = ["-p", "no:cacheprovider", "-p", "no:terminal", f"--basetemp={folder / 'temporary'}"]
    status = pytest.main([*options, *quiet, *more, str(HERE / file)], plugins=[verdicts])
    assert status in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED), status
    return verdicts
