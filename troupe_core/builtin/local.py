"""Deciding turns in this process."""

from troupe_core.plugin import AnswerForms, Context, Executor, TurnResult, TurnWork, decide

__all__ = ["LocalExecutor"]


class LocalExecutor(Executor):
    """Asks the agent's model through the run's own line to it: every answer is committed as it comes."""

    _context: Context

    def __init__(self) -> None:
        self._forms = AnswerForms()

    async def open(self, context: Context) -> None:
        self._context = context

    async def run(self, work: TurnWork) -> TurnResult:
        return await decide(work, self._context.ask, self._forms)
