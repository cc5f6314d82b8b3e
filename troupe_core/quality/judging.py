"""One plugin under all rules."""

from collections.abc import Iterable, Iterator

from troupe_core.discovery.blame import in_words
from troupe_core.quality.rule import Rule, Verdict, unseen
from troupe_core.quality.rules import RULES
from troupe_core.quality.subject import Subject

__all__ = ["judge"]


def judge(subject: Subject, rules: Iterable[Rule] = RULES) -> Iterator[Verdict]:
    """What each rule says, as soon as it is known. Nothing that a plugin does wrong raises here."""
    for rule in rules:
        try:
            seen = rule.look(subject)
        except Exception as error:
            seen = unseen(f"looking at it failed: {in_words(error)}")
        state = "note" if rule.advice and seen.state == "missing" else seen.state
        yield Verdict(rule=rule, state=state, lines=seen.lines)
