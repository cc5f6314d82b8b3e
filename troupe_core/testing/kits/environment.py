"""The kit for worlds: each sentence of `Environment` and `VersionedEnvironment`, and of every `ActionProvider`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from hypothesis import strategies as st

from troupe_core.errors import ConfigError
from troupe_core.testing.promised.acting import ActionTests
from troupe_core.testing.promised.versioned import VersionedTests
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.play import MOST_STEPS, Play
from troupe_core.testing.trying.resting import rests_on
from troupe_core.testing.trying.simplest import simplest
from troupe_core.testing.trying.telling import difference, shown
from troupe_core.testing.trying.watching import watching
from troupe_core.values.action import ActionCall, ActionSpec, Outcome
from troupe_core.values.ids import AgentId
from troupe_core.values.opening import Opening
from troupe_core.values.stimulus import Stimulus

__all__ = ["EnvironmentConformance"]

_CROWDS: tuple[tuple[str, ...], ...] = ((), ("Zoë Ω",), tuple(f"Person {n}" for n in range(120)))


class EnvironmentConformance(VersionedTests, ActionTests):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`.

    `people` are who the world's settings speak of, where they do. What is promised of a `VersionedEnvironment` alone is
    tried where the world is one.
    """

    kind: ClassVar[str] = "environment"

    def seen(self, play: Play) -> Any:
        return {str(agent): self.perceived(play, agent) for agent in play.people}

    def perceived(self, play: Play, agent: AgentId) -> Any:
        """The scene and the stimuli of this agent, as JSON."""
        world = _world(play)
        stimuli = list(world.observe(play.view(agent), agent))
        told = [each.to_json() if isinstance(each, Stimulus) else each for each in stimuli]
        return [world.scene(play.view(agent), agent), told]

    async def answer(self, play: Play, agent: AgentId, spec: ActionSpec, arguments: Mapping[str, Any]) -> Any:
        outcome: Any = await play.do(agent, spec.name, arguments)
        return outcome.problem if isinstance(outcome, Outcome) and outcome.status == "failed" else outcome

    def _through(self, check: Any, examples: int = 12) -> None:
        """Check a world after whatever has happened in it."""

        def lived(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                for _ in range(3):
                    check(play)
                    await play.invent(data, 2, self.moves)
                    await play.next_step()
                check(play)

            self.played(story)

        self.for_all(lived, st.data(), examples=examples)

    # ── Before the first step ────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_a_study_can_be_checked_without_opening_the_world(self) -> None:
        """`begin` is called before the first step, and where a study is only checked: on a world that is not open."""
        world, people = self.make(), tuple(map(AgentId, self.people))
        told = ""
        with watching(cut_off=True) as watch:
            try:
                world.begin(Opening(people=people, steps=MOST_STEPS))
            except ConfigError as fault:
                told = f"ConfigError: {fault}"
            except Exception as fault:
                told = f"{type(fault).__name__}: {fault}, from a world that was made and not opened"
        done = [*watch.network, *watch.files, *watch.programs]
        self.promise(
            not told and not done,
            seen=told or f"begin did {', '.join(done[:3])}",
            change="let `begin` look at its settings and at `opening` alone, and raise ConfigError for what does not "
            "go together. Where the settings speak of people, set `people` in the test class.",
        )

    @added_in("0.1")
    @rests_on(
        "test_a_study_can_be_checked_without_opening_the_world",
        "test_turns_are_groups_of_those_present",
        "test_what_is_observed_are_stimuli",
        "test_a_scene_is_a_sentence_that_stays",
    )
    def test_nobody_one_or_many_may_be_there(self) -> None:
        """A world plays with whoever is there, or refuses them by a `ConfigError` in `begin`."""

        def of(names: Sequence[str]) -> Callable[[Any], Awaitable[None]]:
            async def story(world: Any) -> None:
                play = Play(part=world, people=tuple(map(AgentId, names)))
                with suppress(ConfigError):
                    await play.begin()
                    play.actors()
                    self.seen(play)
                    await play.next_step()

            return story

        for names in _CROWDS:
            self.tried(of(names))

    @added_in("0.1")
    @rests_on(
        "test_turns_are_groups_of_those_present",
        "test_what_is_observed_are_stimuli",
        "test_a_scene_is_a_sentence_that_stays",
        "test_nobody_one_or_many_may_be_there",
    )
    def test_people_come_and_go(self) -> None:
        """Between two steps somebody may leave and somebody else come: the world goes on with who is there."""

        async def story(play: Play) -> None:
            await play.make(self.moves)
            play.people = (*play.people[1:], AgentId("Newcomer"))
            for _ in range(2):
                await play.next_step()
                self.seen(play)
                for agent in play.actors():
                    for spec in play.offered(agent):
                        await play.do(agent, spec.name, simplest(spec))

        self.played(story)

    # ── Who acts when ────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_turns_are_groups_of_those_present(self) -> None:
        """`turns` gives groups of those who are present, nobody twice; None where the study decides."""

        def check(play: Play) -> None:
            groups = _world(play).turns(play.step, play.people)
            if groups is None:
                return
            named = [agent for group in groups for agent in ([group] if isinstance(group, str) else group)]
            self.promise(
                not any(isinstance(group, str) for group in groups)
                and len(set(named)) == len(named)
                and set(named) <= set(play.people),
                seen=f"in step {play.step}, with {list(play.people)} there, turns gave {shown(groups)}",
                change="return a list of groups, each a list of names out of `present`, every name at most once.",
            )

        self._through(check, examples=4)

    # ── What people sense ────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_what_is_observed_are_stimuli(self) -> None:
        """`observe` gives stimuli."""

        def check(play: Play) -> None:
            for agent in play.people:
                strange = [e for e in _world(play).observe(play.view(agent), agent) if not isinstance(e, Stimulus)]
                self.promise(
                    not strange,
                    seen=f"{agent} observed {shown(strange[:1])}",
                    change="yield what turn.emit returned, or Stimulus(text=…) for what is there of itself.",
                )

        self._through(check, examples=6)

    @added_in("0.1")
    @rests_on("test_what_is_observed_are_stimuli", "test_a_scene_is_a_sentence_that_stays")
    def test_observing_twice_shows_the_same(self) -> None:
        """`observe` is pure: asked twice in one moment, it gives the same."""

        def check(play: Play) -> None:
            first, second = self.seen(play), self.seen(play)
            self.promise(
                first == second,
                seen=f"in step {play.step}, one after the other: {difference(first, second)}",
                change="take nothing off a list when it is observed: ask view.is_new(stimulus) what is new, and draw "
                "from view.random alone.",
            )

        self._through(check)

    @added_in("0.1")
    def test_observing_changes_nothing(self) -> None:
        """`observe` and `scene` write nothing: neither into the view nor into the world."""

        def check(play: Play) -> None:
            before = play.kept()
            self.seen(play)
            after = play.kept()
            self.promise(
                before == after,
                seen=f"observing in step {play.step} changed {difference(before, after)}",
                change="change the world in `settle`, `act` or `advance`: who observes first must not matter.",
            )

        self._through(check)

    @added_in("0.1")
    def test_a_scene_is_a_sentence_that_stays(self) -> None:
        """`scene` gives a text or None, the same whenever it is asked in one moment."""

        def check(play: Play) -> None:
            for agent in play.people:
                first, second = (_world(play).scene(play.view(agent), agent) for _ in range(2))
                self.promise(
                    (first is None or isinstance(first, str)) and first == second,
                    seen=f"the scene of {agent} was {shown(first)} and then {shown(second)}",
                    change="say in a sentence where this agent is and who is with it, from the view and the settings.",
                )

        self._through(check, examples=6)

    # ── What comes of it ─────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_settling_gives_one_outcome_for_each_call(self) -> None:
        """`settle` gives one outcome for each call of a group, whatever becomes of the others."""

        async def story(play: Play) -> tuple[int, Sequence[Any]]:
            calls = [
                (ActionCall(agent, spec.name, simplest(spec)), play.turn(agent))
                for agent in play.actors()
                for spec in play.offered(agent)
            ]
            return len(calls), await play.settle(calls)

        count, outcomes = self.played(story)
        strange = [each for each in outcomes if not isinstance(each, Outcome)]
        self.promise(
            count == len(outcomes) and not strange,
            seen=f"{count} calls came to {len(outcomes)} outcomes {shown(strange[:1]) if strange else ''}",
            change="return a list as long as `calls`, in their order; a Refusal of one becomes its outcome "
            '(status="refused"), and the others happen.',
        )

    @added_in("0.1")
    def test_the_end_is_a_text_that_stays(self) -> None:
        """`finished` gives None, or the text why the world is over, the same whenever it is asked in one moment."""

        def check(play: Play) -> None:
            first, second = _world(play).finished(), _world(play).finished()
            self.promise(
                (first is None or isinstance(first, str)) and first == second,
                seen=f"finished gave {shown(first)} and then {shown(second)}",
                change="answer from the state, with a text for whoever reads the journal, or None.",
            )

        self._through(check, examples=4)


def _world(play: Play) -> Any:
    """What it returns is not what its types say before it is tried."""
    return play.part
