"""How a kit says that a sentence of a contract is not kept: the sentence, what was seen, what to change."""

__all__ = ["BrokenPromise", "promise"]


class BrokenPromise(AssertionError):
    """A sentence of a contract that a part does not keep."""

    def __init__(self, sentence: str, *, seen: str, change: str) -> None:
        super().__init__(f"Promised: {sentence}\nSeen: {seen}\nChange: {change}")
        self.sentence = sentence
        self.seen = seen
        self.change = change


def promise(kept: bool, sentence: str, *, seen: str, change: str) -> None:
    """Nothing where the promise is kept. Raises `BrokenPromise` where it is not.

    `sentence` is the contract's, `seen` what the part did instead, `change` what its author does about it.
    """
    __tracebackhide__ = True
    if not kept:
        raise BrokenPromise(sentence, seen=seen, change=change)
