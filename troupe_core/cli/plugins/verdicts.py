"""How what the rules say is printed: marks on a terminal, words where another program reads."""

import sys
from collections.abc import Iterator, Sequence
from textwrap import wrap

import click

from troupe_core.cli.plugins.columns import width_of_terminal
from troupe_core.quality.rule import State, Verdict
from troupe_core.quality.rules import RULES
from troupe_core.quality.subject import Subject

__all__ = ["heading", "lines_of", "sum_of"]

_MARKS: dict[State, str] = {"passed": "✓", "missing": "✗", "note": "!", "unseen": "–"}
_COLOURS: dict[State, str] = {"passed": "green", "missing": "red", "note": "yellow", "unseen": "bright_black"}
_LONGEST_WORD = max(map(len, _MARKS))
_LONGEST_RULE = max(len(rule.id) for rule in RULES)


def heading(subject: Subject) -> str:
    """What is looked at, and where."""
    place = subject.project or "its project is not known"
    title = next((plugin.title for plugin in subject.plugins), subject.distribution)
    return f"{title} ({place})\n"


def lines_of(verdict: Verdict) -> Iterator[str]:
    """The rule in a line; where it is not kept, below it what was found and what to do."""
    on_terminal = sys.stdout.isatty()
    state = _MARKS[verdict.state] if on_terminal else f"{verdict.state:<{_LONGEST_WORD}}"
    head = f"{state} {verdict.rule.id:<{_LONGEST_RULE}}  "
    aside = " " * len(head)
    width = width_of_terminal() if on_terminal else 10_000
    passed = verdict.state == "passed"
    title = f"{verdict.rule.title[:-1]} ({verdict.text})." if passed and verdict.lines else verdict.rule.title
    first, *rest = wrap(title, width - len(head))
    styled = click.style(state, fg=_COLOURS[verdict.state]) if on_terminal else state
    yield styled + head[len(state) :] + first
    yield from (aside + line for line in rest)
    for text in () if passed else verdict.lines:
        yield from wrap(text, width, initial_indent=aside, subsequent_indent=aside, break_on_hyphens=False)
    if verdict.remedy:
        told = wrap(
            verdict.remedy, width, initial_indent=f"{aside}→ ", subsequent_indent=f"{aside}  ", break_on_hyphens=False
        )
        yield from (click.style(line, bold=True) if on_terminal else line for line in told)


def sum_of(verdicts: Sequence[Verdict]) -> str:
    """How many are kept, and how many are not."""
    counted = {state: sum(verdict.state == state for verdict in verdicts) for state in _MARKS}
    words = [f"{counted['passed']} of {len(verdicts)} rules are kept"]
    broken = counted["missing"]
    words += [f"{broken} {'is' if broken == 1 else 'are'} not"] if broken else []
    words += [f"{counted['note']} to think of"] if counted["note"] else []
    words += [f"{counted['unseen']} could not be seen"] if counted["unseen"] else []
    return f"\n{', '.join(words)}."
