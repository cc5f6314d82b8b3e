"""What a page of the manual shows: the files that it writes, and the commands that it runs with what they print."""

import re
from collections.abc import Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

__all__ = ["commands_of", "files_of", "shows"]

_BLOCK = re.compile(r"^```(?:\{code-block\} )?(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = "# file: "


def files_of(page: Path) -> dict[str, str]:
    """The text of each file, by its path."""
    blocks = [text for _, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if text.startswith(_FILE)]
    return {text.partition("\n")[0].removeprefix(_FILE).strip(): text.partition("\n")[2] for text in blocks}


def commands_of(page: Path) -> Iterator[tuple[str, str]]:
    """Each command in the order of the page, with what the page shows below it."""
    for language, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "console":
            for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                line, _, shown = command.partition("\n")
                yield line.strip(), shown


def shows(shown: str, printed: str) -> bool:
    """Whether that is what was printed; `...` stands for anything."""
    return not shown.strip() or OutputChecker().check_output(shown, printed, ELLIPSIS | NORMALIZE_WHITESPACE)
