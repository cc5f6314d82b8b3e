"""What happened, in a few words that one can exclaim."""

import re

__all__ = ["short_news"]

_AMOUNT = re.compile(
    r"(?:[€$£]\s?\d[\d.,]*\d|\d[\d.,]*\s?(?:euros?|dollars?|pounds?|percent|per cent|%))"
    r"(?:\s(?:a|per|each) (?:day|week|month|year|head|person))?",
    re.IGNORECASE,
)
_LONGEST = 48


def short_news(happened: str) -> str | None:
    """``1,290 euros``; a short sentence as it is; None where it takes more words."""
    amount = _AMOUNT.search(happened)
    if amount:
        return amount[0]
    sentence = re.split(r"(?<=[.!?])\s", " ".join(happened.split()))[0].rstrip(".!?")
    return sentence if len(sentence) <= _LONGEST and not sentence.endswith("?") else None
