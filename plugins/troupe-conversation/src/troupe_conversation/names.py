"""Names in sentences: whom somebody means, who is there, and who is not."""

from collections.abc import Collection, Sequence

from troupe_core.plugin import AgentId, ConfigError, Refusal, nearest

__all__ = ["check_known", "listed", "means_all", "meant"]

_MOST_NAMED = 12
"""How many people a glance around can name."""

_EVERYBODY = frozenset({"all", "everybody", "everyone", "the group"})


def listed(names: Sequence[str], nobody: str = "nobody else") -> str:
    """``Ann``, ``Ann and Bob``, ``Ann, Bob and 30 others``."""
    shown = names if len(names) <= _MOST_NAMED + 1 else names[:_MOST_NAMED]
    if not shown:
        return nobody
    if len(shown) < len(names):
        return f"{', '.join(shown)} and {len(names) - len(shown)} others"
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))


def means_all(to: str) -> bool:
    """Whether this is a word for everybody who is there, or none."""
    wanted = " ".join(to.split()).casefold()
    return not wanted or wanted in _EVERYBODY


def meant(to: str, others: Sequence[AgentId], *, everybody: Collection[str] = ()) -> AgentId | None:
    """Whom `to` means, None for all: a whole name, or a first name that only one person has.

    `everybody` are further words that mean all. Raises `Refusal` where it means nobody who is there, or several.
    """
    wanted = " ".join(to.split()).casefold()
    if means_all(to) or wanted in {word.casefold() for word in everybody}:
        return None
    found = [name for name in others if name.casefold() == wanted]
    found = found or [name for name in others if name.casefold().partition(" ")[0] == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(f"{to} could be {' or '.join(found)}: say the whole name.")
    raise Refusal(f"There is nobody called {to[:60]} here. With you: {listed(others)}.")


def check_known(key: str, names: Sequence[str], people: Sequence[str]) -> None:
    """Raises `ConfigError` where one of the names is nobody's."""
    for name in names:
        if name not in people:
            close = nearest(name, people)
            there = ", ".join(people[:_MOST_NAMED]) or "nobody"
            raise ConfigError(
                f'{key}: nobody is called "{name}"',
                remedy=f"Did you mean {close}?" if close else f"There are: {there}.",
            )
