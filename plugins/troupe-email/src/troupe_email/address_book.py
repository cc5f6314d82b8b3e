"""Who has which address, and whom a name means."""

import re
from collections.abc import Iterable, Sequence

from anyascii import anyascii

from troupe_core.plugin import AgentId, Refusal, nearest

__all__ = ["AddressBook"]

_MOST_NAMED = 12
_MOST_COMPARED = 2000
"""Among how many names the nearest spelling is looked for: comparing takes time."""


class AddressBook:
    """Addresses are derived from names, in the order of coming; once given, they stay."""

    def __init__(self, domain: str) -> None:
        self._domain = domain
        self._local: dict[AgentId, str] = {}
        self._owner: dict[str, AgentId] = {}
        self._by_name: dict[str, list[AgentId]] = {}
        self._present: dict[AgentId, None] = {}

    @property
    def known(self) -> Sequence[AgentId]:
        """Everybody who ever had an address, in order of coming: all there is to keep."""
        return tuple(self._local)

    def admit(self, names: Iterable[AgentId]) -> None:
        """Give an address to everybody who has none."""
        for name in names:
            if name not in self._local:
                self._local[name] = local = self._free(_local_part(name))
                self._owner[local] = name

    def serve(self, present: Sequence[AgentId]) -> None:
        """From now on these people, and nobody else, can be written to."""
        self.admit(present)
        self._present = dict.fromkeys(present)
        self._by_name = {}
        for name in present:
            whole = _folded(name)
            for each in dict.fromkeys((whole, whole.partition(" ")[0])):
                self._by_name.setdefault(each, []).append(name)

    def __contains__(self, name: str) -> bool:
        return name in self._present

    def address(self, name: str) -> str:
        """The address of somebody; what is no agent's name is an address already."""
        local = self._local.get(AgentId(name))
        return name if local is None else f"{local}@{self._domain}"

    def is_outside(self, word: str) -> bool:
        """Whether this is the address of nobody in here."""
        _, at, domain = word.strip().rpartition("@")
        return bool(at) and domain.lower() != self._domain

    def find(self, word: str, writer: AgentId) -> AgentId:
        """Who is meant: by address, by the whole name, or by a first name that only one has. Raises `Refusal`."""
        wanted = _folded(word)
        meant = self._by_name.get(wanted, [])
        exact = [name for name in meant if _folded(name) == wanted] or meant
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise Refusal(f"{word} could be {' or '.join(exact[:_MOST_NAMED])}: write the whole name.")
        owner = self._owner.get(_local_part(word.partition("@")[0]))
        if owner is not None and owner in self._present:
            return owner
        if owner is not None:
            raise Refusal(f"{owner} has left and gets no mail any more. {self._others(writer)}")
        raise Refusal(self._nobody(word, writer))

    def _nobody(self, word: str, writer: AgentId) -> str:
        wanted = _folded(word)
        near = [name for name in self._present if _folded(name)[:1] == wanted[:1]] or list(self._present)
        close = nearest(word[:100], near[:_MOST_COMPARED])
        hint = f" Did you mean {close}?" if close else ""
        return f'Nobody here is called "{word[:60]}".{hint} {self._others(writer)}'

    def _others(self, writer: AgentId) -> str:
        others = [name for name in self._present if name != writer]
        if not others:
            return "Nobody else has mail."
        more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
        return f"You can write to: {', '.join(others[:_MOST_NAMED])}{more}."

    def _free(self, local: str) -> str:
        number, free = 1, local
        while free in self._owner:
            number += 1
            free = f"{local}{number}"
        return free


def _local_part(name: str) -> str:
    """``lukasz.zolty`` for Łukasz Żółty; ``agent`` for a name without any letter."""
    return ".".join(re.findall(r"[a-z0-9]+", anyascii(name).lower()))[:40].strip(".") or "agent"


def _folded(word: str) -> str:
    return " ".join(word.split()).casefold()
