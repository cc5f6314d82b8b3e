"""Toy executors."""

from troupe_core.plugin import AnswerForms, Context, Executor, TurnResult, TurnWork, WorkerLost, decide


class Lossy(Executor):
    """Loses its worker at every other piece of work."""

    def __init__(self) -> None:
        self._tries = 0
        self._forms = AnswerForms()

    async def open(self, context: Context) -> None:
        self._context = context

    async def run(self, work: TurnWork) -> TurnResult:
        self._tries += 1
        if self._tries % 2:
            raise WorkerLost("the worker went away")
        return await decide(work, self._context.ask, self._forms)


class Lost(Executor):
    """Never gets anything done."""

    async def run(self, work: TurnWork) -> TurnResult:
        raise WorkerLost("the worker went away for good")
