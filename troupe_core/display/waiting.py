"""What is said while a provider keeps a run waiting: each reason once, until somebody was answered."""

from attrs import define

from troupe_core.values.observed import ModelCallFinished

__all__ = ["Waiting"]


@define
class Waiting:
    """Follows the calls of a run."""

    _said: str | None = None

    def line(self, finished: ModelCallFinished) -> str | None:
        """A line to show, where there is something new to say."""
        if not finished.again:
            self._said = None if finished.response is not None else self._said
            return None
        if finished.error == self._said:
            return None
        self._said = finished.error
        return f"waiting for the model's provider: {' '.join(str(finished.error).split())}"
