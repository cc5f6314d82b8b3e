"""Where turns are decided."""

from abc import abstractmethod

from troupe_core.contracts.part import Part
from troupe_core.values.work import TurnResult, TurnWork

__all__ = ["Executor"]


class Executor(Part):
    """Where turns are decided: in this process, or on other machines. Provisional."""

    @abstractmethod
    async def run(self, work: TurnWork) -> TurnResult:
        """Ask the model and check its answer: nothing else, so it may be done anywhere and done again.

        Raises `WorkerLost` where the worker went away; the core then runs the same work again.
        """
