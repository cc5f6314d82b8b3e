"""For each test of the kit for executors, an executor that breaks this one promise."""

import asyncio
from contextlib import contextmanager

from attrs import evolve
from kits.culprits import kits_of

from troupe_core.plugin import AnswerForms, AuthFailed, Decision, Executor, LLMError, TurnResult, WorkerLost, decide
from troupe_core.testing import ExecutorConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

WORKERS = {"lost": False}


class KIT(ExecutorConformance):
    """The kit, with workers that can be lost."""

    __test__ = False

    @contextmanager
    def losing(self):
        WORKERS["lost"] = True
        yield
        WORKERS["lost"] = False


class GoodExecutor(Executor):
    """Decides in this process, as long as there is a worker."""

    def __init__(self):
        self.forms = AnswerForms()

    async def open(self, context):
        self.context = context

    async def ask(self, request, *, purpose, agent=None):
        return await self.context.ask(request, purpose=purpose, agent=agent)

    async def run(self, work):
        if WORKERS["lost"]:
            raise self.gone()
        return await decide(work, self.ask, self.forms)

    def gone(self):
        return WorkerLost("the worker went away")


GOOD = GoodExecutor


class ForgetsTheMood(GoodExecutor):
    async def run(self, work):
        result = await super().run(work)
        return evolve(result, decision=evolve(result.decision, told={}))


class AsksTwice(GoodExecutor):
    async def run(self, work):
        await self.ask(work.request, purpose="warm-up", agent=work.agent)
        return await super().run(work)


class NeverMends(GoodExecutor):
    async def run(self, work):
        result = await super().run(work)
        if len(result.attempts) == 1:
            return result
        problem = result.attempts[0].problem
        return TurnResult(attempts=result.attempts[:1], decision=Decision(because=problem))


class SaysNotWhy(GoodExecutor):
    async def run(self, work):
        result = await super().run(work)
        return evolve(result, decision=evolve(result.decision, because=None))


class SwallowsWhatCannotBeCured(GoodExecutor):
    async def run(self, work):
        try:
            return await super().run(work)
        except AuthFailed as fault:
            return TurnResult(attempts=(), decision=Decision(because=fault.what))


class HidesAFault(GoodExecutor):
    async def run(self, work):
        try:
            return await super().run(work)
        except LLMError as fault:
            raise RuntimeError("worker died") from fault


class GetsTired(GoodExecutor):
    often = 0

    async def run(self, work):
        self.often += 1
        result = await super().run(work)
        return result if self.often == 1 else evolve(result, decision=evolve(result.decision, because="tired"))


class WritesIntoTheWork(GoodExecutor):
    async def run(self, work):
        work.request.schema["title"] = "answer"
        return await super().run(work)


class MixesUp(GoodExecutor):
    async def run(self, work):
        self.work = work
        await asyncio.sleep(0)
        return await super().run(self.work)


class IsNeverCancelled(GoodExecutor):
    async def run(self, work):
        try:
            return await super().run(work)
        except asyncio.CancelledError:
            return TurnResult(attempts=(), decision=Decision(because="cancelled"))


class TellsOfAPipe(GoodExecutor):
    def gone(self):
        return BrokenPipeError("the worker went away")


BROKEN = {
    "test_the_decision_is_what_the_model_answered": ForgetsTheMood,
    "test_it_asks_for_the_agent_and_for_nothing_else": AsksTwice,
    "test_an_answer_that_cannot_be_used_is_mended_once": NeverMends,
    "test_where_no_answer_can_be_used_nothing_is_done": SaysNotWhy,
    "test_what_asking_again_cannot_cure_is_raised": SwallowsWhatCannotBeCured,
    "test_the_same_work_gives_the_same_result": GetsTired,
    "test_the_work_stays_as_it_is": WritesIntoTheWork,
    "test_many_turns_at_once_are_not_mixed_up": MixesUp,
    "test_being_cancelled_passes_through": IsNeverCancelled,
    "test_a_lost_worker_is_told_and_the_work_can_be_run_again": TellsOfAPipe,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values(), HidesAFault], __test__=True))
