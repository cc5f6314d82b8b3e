"""Texts that match a regular expression: literals, classes, groups, alternatives, repetitions and anchors."""

import string

from attrs import define

from troupe_mock_llm.schema.chooser import Chooser
from troupe_mock_llm.schema.impossible import Impossible

__all__ = ["matching"]

_MOST_REPEATED = 6
_CLASSES = {
    "d": string.digits,
    "w": string.ascii_lowercase + string.digits + "_",
    "s": " ",
    "D": string.ascii_lowercase,
    "W": " -",
    "S": string.ascii_lowercase,
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_ANY = string.ascii_letters + string.digits
_PRINTABLE = string.ascii_letters + string.digits + " -_.,:;!?@#%&*+=/()[]{}"


def matching(pattern: str, chooser: Chooser) -> str:
    """A text in which `pattern` is found. Raises `Impossible` for what it cannot read: look-around, back references."""
    reading = _Reading(pattern, chooser)
    text = reading.alternatives()
    if reading.at < len(pattern):
        raise Impossible(f"cannot read the pattern {pattern!r} from character {reading.at + 1}")
    return text


@define
class _Reading:
    """Reads the pattern once, and writes a matching text on the way."""

    pattern: str
    chooser: Chooser
    at: int = 0

    def alternatives(self) -> str:
        texts = [self._sequence()]
        while self._take("|"):
            texts.append(self._sequence())
        return texts[self.chooser.index(len(texts))]

    def _sequence(self) -> str:
        text = ""
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            text += self._repeated()
        return text

    def _repeated(self) -> str:
        start = self.at
        text = self._one()
        end = self.at
        low, high = self._times()
        times = self.chooser.whole(low, high)
        after = self.at
        if times == 0:
            return ""
        for _ in range(times - 1):
            self.at = start
            text += self._one()
            assert self.at == end
        self.at = after
        return text

    def _one(self) -> str:
        character = self.pattern[self.at]
        self.at += 1
        if character == "(":
            return self._group()
        if character == "[":
            return self._pick(self._class())
        if character == ".":
            return self._pick(_ANY)
        if character in "^$":
            return ""
        if character in "*+?{":
            raise Impossible(f"nothing to repeat in {self.pattern!r}")
        return self._pick(self._escaped()) if character == "\\" else character

    def _group(self) -> str:
        if self._take("?"):
            if self._take("P<") or (self.pattern[self.at : self.at + 1] == "<" and self._named()):
                self.at = self.pattern.index(">", self.at) + 1
            elif not self._take(":"):
                raise Impossible(f"cannot follow the look-around in {self.pattern!r}")
        text = self.alternatives()
        if not self._take(")"):
            raise Impossible(f"a group has no end in {self.pattern!r}")
        return text

    def _named(self) -> bool:
        return self.pattern[self.at + 1 : self.at + 2] not in ("=", "!") and ">" in self.pattern[self.at :]

    def _times(self) -> tuple[int, int]:
        low, high = 1, 1
        if self._take("*"):
            low, high = 0, _MOST_REPEATED
        elif self._take("+"):
            low, high = 1, _MOST_REPEATED
        elif self._take("?"):
            low, high = 0, 1
        elif self._take("{"):
            inside, closed, _ = self.pattern[self.at :].partition("}")
            least, comma, most = inside.partition(",")
            if not closed or not (least or most) or not (least + most).isdigit():
                raise Impossible(f"cannot read the repetition in {self.pattern!r}")
            self.at += len(inside) + 1
            low = int(least or 0)
            high = int(most) if most else low + _MOST_REPEATED if comma else low
        self._take("?")
        return low, high

    def _class(self) -> str:
        negated = self._take("^")
        allowed = ""
        while self.at < len(self.pattern) and (self.pattern[self.at] != "]" or not allowed):
            allowed += self._members()
        if not self._take("]"):
            raise Impossible(f"a class has no end in {self.pattern!r}")
        return "".join(each for each in _PRINTABLE if each not in allowed) if negated else allowed

    def _members(self) -> str:
        first = self._member()
        if len(first) == 1 and self.pattern[self.at : self.at + 1] == "-" and self.pattern[self.at + 1 :][:1] != "]":
            self.at += 1
            last = self._member()
            if len(last) == 1 and first <= last:
                return "".join(map(chr, range(ord(first), min(ord(last), ord(first) + 512) + 1)))
            raise Impossible(f"a range goes backwards in {self.pattern!r}")
        return first

    def _member(self) -> str:
        character = self.pattern[self.at : self.at + 1]
        self.at += 1
        return self._escaped(in_class=True) if character == "\\" else character

    def _escaped(self, *, in_class: bool = False) -> str:
        character = self.pattern[self.at : self.at + 1]
        self.at += 1
        if character in _CLASSES and character:
            return _CLASSES[character]
        if character in ("x", "u"):
            digits = self.pattern[self.at : self.at + (2 if character == "x" else 4)]
            self.at += len(digits)
            try:
                return chr(int(digits, 16))
            except ValueError as error:
                raise Impossible(f"cannot read an escape in {self.pattern!r}") from error
        if character == "" or (character.isalnum() and character not in _ESCAPES):
            raise Impossible(f"cannot follow \\{character} in {self.pattern!r}")
        return _ESCAPES.get(character, character)

    def _pick(self, characters: str) -> str:
        if not characters:
            raise Impossible(f"a class of {self.pattern!r} allows nothing")
        return characters[self.chooser.index(len(characters))]

    def _take(self, expected: str) -> bool:
        if self.pattern.startswith(expected, self.at):
            self.at += len(expected)
            return True
        return False
