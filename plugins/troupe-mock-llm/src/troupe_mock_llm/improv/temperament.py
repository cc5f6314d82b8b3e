"""How somebody is: the Big Five as far as a persona tells them, and the voice that follows."""

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

__all__ = ["Temperament", "temperament_of"]

_LEVELS = (("very high", 1.0), ("very low", -1.0), ("low to medium", -0.4), ("medium to high", 0.4), ("medium", 0.0))
_SIGNS = {
    "openness": (r"curious|creativ|imaginat|adventur|open.minded|experiment", r"conservativ|tradition|narrow|set in"),
    "conscientiousness": (
        r"organi[sz]ed|detail|meticulous|precis|rigor|disciplin|careful|thorough",
        r"messy|chaotic|late",
    ),
    "extraversion": (
        r"sociable|outgoing|talkativ|lively|energetic|cheerful|loud|jok",
        r"shy|introvert|quiet|reserved|withdraw",
    ),
    "agreeableness": (
        r"friendly|kind|warm|empath|polite|compassion|gentle|helpful|patient",
        r"rude|blunt|aggressiv|confrontation|stubborn|picky|impatient|authoritarian|angry|harsh",
    ),
    "neuroticism": (
        r"anxious|anxiety|worr|nervous|depress|hopeless|insecure|overwhelm",
        r"calm|relaxed|composed|steady",
    ),
}
_DRY = re.compile(r"\bdry\b|\birony|ironic|sarcas|self-deprecating|melanchol|deadpan|witty", re.IGNORECASE)
_DESCRIBING = ("style", "personality", "traits", "behaviors", "occupation")


@frozen
class Temperament:
    """Each from −1 to 1."""

    openness: float
    conscientiousness: float
    extraversion: float
    agreeableness: float
    neuroticism: float
    voices: Sequence[str]
    """How this person sounds, most marked first; empty for somebody who stands out in nothing."""


def temperament_of(labels: Mapping[str, Sequence[str]]) -> Temperament:
    """From levels where they are told, else from the words that describe the person."""
    described = " ".join(
        clause for label, clauses in labels.items() if label.startswith(_DESCRIBING) for clause in clauses
    ).lower()
    levels = {name: _told(name, labels) for name in _SIGNS}
    scores = {name: _guessed(name, described) if level is None else level for name, level in levels.items()}
    return Temperament(**scores, voices=_voices(scores, " ".join(labels.get("style", ())), described))


def _told(name: str, labels: Mapping[str, Sequence[str]]) -> float | None:
    for label, clauses in labels.items():
        if label.endswith(name) and clauses:
            said = clauses[0].lower()
            for words, level in _LEVELS:
                if said.startswith(words):
                    return level
            return 0.7 if said.startswith("high") else -0.7 if said.startswith("low") else None
    return None


def _guessed(name: str, described: str) -> float:
    more, less = (len(re.findall(rf"\b(?:{words})", described)) for words in _SIGNS[name])
    return max(-1.0, min(1.0, 0.45 * (more - less)))


def _voices(scores: Mapping[str, float], style: str, described: str) -> tuple[str, ...]:
    rude = len(
        re.findall(
            r"\brude|\bblunt|aggressive|(?<!avoid )(?<!avoids )confrontation|harsh|little respect",
            f"{style} {described}".lower(),
        )
    )
    strength = {
        "blunt": max(-scores["agreeableness"], 0.5 * rude),
        "warm": scores["agreeableness"] - 0.4 * rude,
        "anxious": scores["neuroticism"],
        "lively": scores["extraversion"],
        "precise": scores["conscientiousness"] - 0.15,
        "dry": 0.8 if _DRY.search(style) else 0.5 if _DRY.search(described) else 0.0,
    }
    marked = sorted((-value, name) for name, value in strength.items() if value >= 0.4)
    return tuple(name for _, name in marked[:2])
