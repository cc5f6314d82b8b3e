"""The kit for executors: each sentence of `Executor`, as a test."""

import asyncio
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import deepcopy
from typing import Any

import pytest

from troupe_core.errors import AuthFailed, BadRequest, Overloaded, WorkerLost
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.lent.trial_context import TrialContext
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.chat import ChatRequest, Message
from troupe_core.values.ids import AgentId, Rank
from troupe_core.values.work import TurnResult, TurnWork

__all__ = ["ExecutorConformance"]

_TALK = {"action": "talk", "text": "Good morning!"}
_SCHEMA: Any = {
    "type": "object",
    "properties": {
        "actions": {
            "type": "array",
            "items": {
                "anyOf": [
                    {
                        "type": "object",
                        "properties": {"action": {"const": "talk"}, "text": {"type": "string"}},
                        "required": ["action", "text"],
                        "additionalProperties": False,
                    }
                ]
            },
        },
        "mood": {"enum": ["calm", "cross"]},
    },
    "required": ["mood", "actions"],
    "additionalProperties": False,
}
_PATIENCE = 60.0
"""In seconds: an answer that does not come for so long comes never."""


class ExecutorConformance(Conformance):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`."""

    kind = "executor"

    def losing(self) -> AbstractContextManager[Any] | None:
        """A context in which the next worker goes away in the midst of its work; None where none can be lost."""
        return None

    def work(self, name: str = "Ann", *, step: int = 0) -> TurnWork:
        """One turn's thinking."""
        messages = (Message("system", f"You are {name}."), Message("user", f"Step {step}. What do you do?"))
        request = ChatRequest(messages=messages, schema=deepcopy(_SCHEMA), seed=11, agent=AgentId(name), step=step)
        return TurnWork(agent=AgentId(name), step=step, rank=Rank(0), llm="llm", request=request)

    def context(self, folder: Any = None) -> TrialContext:
        context = super().context(folder)
        context.answer = lambda _: _answer()
        return context

    async def exercise(self, part: Any) -> None:
        await part.run(self.work())

    @added_in("0.1")
    def test_the_decision_is_what_the_model_answered(self) -> None:
        """`run` asks the model and checks its answer: the decision has its actions, and what faculties asked along."""

        async def story(executor: Any) -> Any:
            return await executor.run(self.work())

        result = self.tried(story)
        decision = getattr(result, "decision", None)
        told = (list(getattr(decision, "actions", ())), dict(getattr(decision, "told", {})))
        self.promise(
            isinstance(result, TurnResult) and told == ([_TALK], {"mood": "calm"}),
            seen=f"the model answered {_answer()}; actions and what was told besides: {told!r}",
            change="return await decide(work, context.ask, forms): it asks, checks and mends as every executor must.",
        )

    @added_in("0.1")
    @rests_on("test_the_decision_is_what_the_model_answered", "test_the_work_stays_as_it_is")
    def test_it_asks_for_the_agent_and_for_nothing_else(self) -> None:
        """It asks the model of the agent whose turn it is, once for each attempt, and does nothing else."""
        context = self.context()

        async def story(executor: Any) -> Any:
            return await executor.run(self.work("Bob"))

        result = self.tried(story, context=context)
        asked = [(purpose, request.agent, request.asked()) for purpose, request in context.asked]
        wanted = [("turn", AgentId("Bob"), self.work("Bob").request.asked())]
        self.promise(
            asked == wanted and len(result.attempts) == 1,
            seen=f"it asked {[each[:2] for each in asked]}, {'the' if asked == wanted else 'or another'} prompt of the "
            f"work, and tells of {len(result.attempts)} attempts",
            change="hand work.request to context.ask as it is, with agent=work.agent, and list every attempt in the "
            "result: the journal has them.",
        )

    @added_in("0.1")
    @rests_on(
        "test_the_decision_is_what_the_model_answered",
        "test_it_asks_for_the_agent_and_for_nothing_else",
    )
    def test_an_answer_that_cannot_be_used_is_mended_once(self) -> None:
        """An answer that does not fit is asked for once more, with what to mend; both attempts are told."""
        answers = ["I would rather not say.", _answer()]
        result = self._result_of(lambda _: answers.pop(0) if answers else _answer())
        problems = [each.problem is None for each in result.attempts]
        self.promise(
            problems == [False, True] and list(result.decision.actions) == [_TALK],
            seen=f"after one answer that is no JSON and one that fits: {len(problems)} attempts, actions "
            f"{list(result.decision.actions)!r}",
            change="use decide(…): it asks once more with purpose repair.",
        )

    @added_in("0.1")
    @rests_on(
        "test_the_decision_is_what_the_model_answered",
        "test_it_asks_for_the_agent_and_for_nothing_else",
        "test_an_answer_that_cannot_be_used_is_mended_once",
    )
    def test_where_no_answer_can_be_used_nothing_is_done(self) -> None:
        """Where no answer can be used, or the model gives none, the decision is to do nothing, and says why."""

        def no_answer(_: ChatRequest) -> str:
            raise Overloaded("nobody answers")

        results = [self._result_of(lambda _: '{"actions": [{"action": "fly"}]}'), self._result_of(no_answer)]
        told = [(list(each.decision.actions), each.decision.because) for each in results]
        self.promise(
            all(not actions and because for actions, because in told),
            seen=f"after two answers that do not fit, and after an error: (actions, because) are {told!r}",
            change="return Decision(because=…) with no actions: a turn that came to nothing is told, never dropped.",
        )

    @added_in("0.1")
    @rests_on("test_where_no_answer_can_be_used_nothing_is_done")
    def test_what_asking_again_cannot_cure_is_raised(self) -> None:
        """`AuthFailed` and `BadRequest` are raised: no other turn would have an answer either."""

        def failing(fault: Exception) -> Callable[[ChatRequest], str]:
            def answer(_: ChatRequest) -> str:
                raise fault

            return answer

        came = []
        for fault in (AuthFailed("no key"), BadRequest("no such model")):
            try:
                came.append(f"{type(fault).__name__} became {self._result_of(failing(fault)).decision!r}")
            except Exception as raised:
                cause = raised.__cause__ if isinstance(raised, AssertionError) else raised
                if not isinstance(cause, type(fault)):
                    came.append(f"{type(fault).__name__} became {cause!r}")
        self.promise(
            not came,
            seen="; ".join(came),
            change="let these two through, from workers elsewhere too: the run ends with their words.",
        )

    @added_in("0.1")
    @rests_on("test_the_decision_is_what_the_model_answered")
    def test_the_same_work_gives_the_same_result(self) -> None:
        """Work is data, and running it is pure: done again, by this part or another, it comes to the same."""

        async def story(executor: Any) -> list[Any]:
            return [await executor.run(self.work()) for _ in range(2)]

        results = [*self.tried(story), *self.tried(story)]
        self.promise(
            all(each == results[0] for each in results),
            seen=f"four times the same work and the same answers: {[each.decision for each in results]!r}",
            change="keep nothing between two calls of `run` but what makes it faster.",
        )

    @added_in("0.1")
    @rests_on("test_the_decision_is_what_the_model_answered")
    def test_the_work_stays_as_it_is(self) -> None:
        """Values are frozen: the work may be run again, so it is not changed."""
        work = self.work()
        before = deepcopy(work.request.asked())

        async def story(executor: Any) -> None:
            await executor.run(work)

        self.tried(story)
        self.promise(
            work.request.asked() == before,
            seen=f"the request of the work was changed to {work.request.asked()!r}"[:400],
            change="make another request with attrs.evolve, and another table for its schema.",
        )

    @added_in("0.1")
    @rests_on("test_it_asks_for_the_agent_and_for_nothing_else")
    def test_many_turns_at_once_are_not_mixed_up(self) -> None:
        """Many turns are decided at the same time: each gets its own decision."""
        context = self.context()

        async def answer(request: ChatRequest) -> str:
            await asyncio.sleep(0.001 * (sum(map(ord, str(request.agent))) % 5))
            return _answer(text=f"I am {request.agent}.")

        context.answer = answer
        names = [f"Person {number}" for number in range(24)]

        async def story(executor: Any) -> list[Any]:
            return await asyncio.gather(*(executor.run(self.work(name)) for name in names))

        said = [
            each.decision.actions[0]["text"] if each.decision.actions else None
            for each in self.tried(story, context=context)
        ]
        wrong = [(name, text) for name, text in zip(names, said, strict=True) if text != f"I am {name}."]
        self.promise(
            not wrong,
            seen=f"of 24 turns at once, {len(wrong)} got another's decision: {wrong[:2]!r}",
            change="keep nothing of a turn on `self`.",
        )

    @added_in("0.1")
    @rests_on("test_the_decision_is_what_the_model_answered")
    def test_being_cancelled_passes_through(self) -> None:
        """`CancelledError` passes through `run`, and the same work can be run afterwards."""
        context = self.context()
        waiting = iter([True])

        async def answer(_: ChatRequest) -> str:
            if next(waiting, False):
                await asyncio.sleep(_PATIENCE)
            return _answer()

        context.answer = answer

        async def story(executor: Any) -> tuple[str, Any]:
            task = asyncio.ensure_future(executor.run(self.work()))
            await asyncio.sleep(0.05)
            task.cancel()
            done, _ = await asyncio.wait([task], timeout=5)
            came = "was cancelled" if done and task.cancelled() else "went on, or returned something"
            return came, await executor.run(self.work())

        came, result = self.tried(story, context=context)
        self.promise(
            came == "was cancelled" and list(result.decision.actions) == [_TALK],
            seen=f"a turn that was cancelled {came}; run again it comes to {result.decision!r}",
            change="catch Exception, never BaseException; where the work is elsewhere, tell the worker to leave it.",
        )

    @added_in("0.1")
    @rests_on("test_the_decision_is_what_the_model_answered")
    def test_a_lost_worker_is_told_and_the_work_can_be_run_again(self) -> None:
        """Where the worker went away, `WorkerLost` is raised, and the same work can be run again."""
        losing = self.losing()
        if losing is None:
            pytest.skip("its kit loses no worker: override `losing`")

        async def story(executor: Any) -> tuple[str, Any]:
            with losing:
                try:
                    came = f"returned {await executor.run(self.work())!r}"
                except WorkerLost:
                    came = "WorkerLost"
                except Exception as fault:
                    came = f"raised {type(fault).__name__}: {fault}"
            return came, await executor.run(self.work())

        came, result = self.tried(story)
        self.promise(
            came == "WorkerLost" and list(result.decision.actions) == [_TALK],
            seen=f"with its worker lost, it {came}; run again it comes to {result.decision!r}"[:500],
            change="raise WorkerLost from whatever the library raises when a worker is gone, and use another then.",
        )

    def _result_of(self, answer: Callable[[ChatRequest], Any]) -> TurnResult:
        context = self.context()
        context.answer = answer

        async def story(executor: Any) -> TurnResult:
            result: TurnResult = await executor.run(self.work())
            return result

        return self.tried(story, context=context)


def _answer(text: str = "Good morning!") -> str:
    return json.dumps({"mood": "calm", "actions": [{**_TALK, "text": text}]})
