"""Any deeds in any order, with a memory backend and with a dictionary for each agent beside it."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from troupe_core.testing.lent.memories import ANN, BOB, TEXTS, cue, ids_of, memory
from troupe_core.testing.trying.promises import promise
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Marks, Memory

__all__ = ["try_deeds"]

_IDS = st.sampled_from([f"{letter}{number}" for letter in "ab" for number in range(3)])
_WHO = st.sampled_from([ANN, BOB])
_MARKS = st.dictionaries(_IDS, st.builds(Marks, strength=st.none() | st.floats(0, 1)), min_size=1)


def try_deeds(tests: Any, sentence: str) -> None:
    """Do them with the backend of `tests`, a kit. Raises `BrokenPromise` with the deeds that led there."""

    def promised(kept: bool, seen: str) -> None:
        change = "the deeds that led there stand below: the shortest that hypothesis found."
        promise(kept, sentence, seen=seen, change=change)

    class Deeds(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.loop = asyncio.Runner()
            self.folder = TemporaryDirectory(prefix="troupe-memory-")
            self.shelves: dict[AgentId, dict[str, Memory]] = {ANN: {}, BOB: {}}
            self.open()

        def open(self) -> None:
            self.backend = tests.make()
            self.done(self.backend.open(tests.context(Path(self.folder.name))))

        def done(self, deed: Any) -> Any:
            return self.loop.run(deed)

        @rule(agent=_WHO, chosen=st.lists(st.tuples(_IDS, st.sampled_from(TEXTS)), max_size=6))
        def store(self, agent: AgentId, chosen: list[tuple[str, str]]) -> None:
            memories = [memory(key, text, importance=0.1) for key, text in chosen]
            self.done(self.backend.store(agent, memories))
            for each in memories:
                self.shelves[agent].setdefault(each.id, each)

        @rule(agent=_WHO, chosen=st.lists(_IDS, min_size=1, max_size=4))
        def forget(self, agent: AgentId, chosen: list[str]) -> None:
            self.done(self.backend.forget(agent, chosen))
            for each in chosen:
                self.shelves[agent].pop(each, None)

        @rule(agent=_WHO, chosen=_MARKS)
        def mark(self, agent: AgentId, chosen: dict[str, Marks]) -> None:
            self.done(self.backend.mark(agent, chosen))

        @rule(agent=_WHO, text=st.sampled_from(TEXTS), count=st.integers(0, 14), exclude=st.sets(_IDS, max_size=4))
        def search(self, agent: AgentId, text: str, count: int, exclude: set[str]) -> None:
            hits = self.done(self.backend.search(agent, cue(text, count, exclude)))
            wanted = self.shelves[agent].keys() - exclude
            found = [(hit.memory.id, hit.score) for hit in hits]
            promised(
                len(found) == min(count, len(wanted)) and {key for key, _ in found} <= wanted,
                f"{agent} has {sorted(wanted)}, and a search for {count} found {found}",
            )
            promised(found == sorted(found, key=lambda pair: (-pair[1], pair[0])), f"not the best first: {found}")

        @rule()
        def reopen(self) -> None:
            if tests.durable:
                self.done(self.backend.close())
                self.open()

        @invariant()
        def the_shelves_hold_what_they_should(self) -> None:
            for agent, shelf in self.shelves.items():
                ids = sorted(self.done(ids_of(self.backend, agent)))
                promised(ids == sorted(shelf), f"{agent} should have {sorted(shelf)}, and has {ids}")
                got = self.done(self.backend.get(agent, list(shelf)))
                promised(got == [shelf[each] for each in sorted(shelf)], f"{agent} should have {shelf}, and has {got}")

        def teardown(self) -> None:
            self.done(self.backend.close())
            self.loop.close()
            self.folder.cleanup()

    run_state_machine_as_test(Deeds, settings=tests.ways(max_examples=40, stateful_step_count=30))
