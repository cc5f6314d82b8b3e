"""A persona's lines, read back into labels and clauses."""

from collections.abc import Sequence

from troupe_mock_llm.improv.grammar import clean

__all__ = ["labelled"]


def labelled(lines: Sequence[str]) -> dict[str, list[str]]:
    """The clauses under each label, in lower case: ``likes``, ``occupation title``, ``big five openness``."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in lines:
        if line.startswith("# "):
            section = line[2:].strip().lower()
            continue
        label, colon, told = line.partition(": ")
        if colon:
            key = " ".join(filter(None, [section, label.strip().lower()]))
            found.setdefault(key, []).extend(filter(None, (clean(each) for each in _clauses(told))))
    return found


def _clauses(told: str) -> list[str]:
    if "; " in told:
        return [sentence for clause in told.split("; ") for sentence in _sentences(clause)]
    return _sentences(told)


def _sentences(text: str) -> list[str]:
    return text.replace("! ", ". ").split(". ")
