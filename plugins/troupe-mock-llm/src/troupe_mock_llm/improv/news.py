"""What of an event one can exclaim: how much it is."""

import re

__all__ = ["short_news"]

_AMOUNT = re.compile(
    r"(?:[€$£]\s?\d[\d.,]*\d|\d[\d.,]*\s?(?:euros?|dollars?|pounds?|percent|per cent|%))"
    r"(?:\s(?:a|per|each) (?:day|week|month|year|head|person))?",
    re.IGNORECASE,
)


def short_news(happened: str) -> str | None:
    """``1,290 euros``; None where there is no such figure: nobody repeats a sentence that all have heard."""
    amount = _AMOUNT.search(happened)
    return amount[0] if amount else None
