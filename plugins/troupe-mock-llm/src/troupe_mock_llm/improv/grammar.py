"""English, as far as it is needed: from "You are" to "I am", from "Taps his pen" to "I tap my pen"."""

import re
from collections.abc import Container

__all__ = ["article", "clean", "first_person", "lowered", "raised", "third_to_first"]

_PAIRS = (
    (r"\byou are\b", "I am"),
    (r"\byou were\b", "I was"),
    (r"\byou['’]re\b", "I'm"),
    (r"\byou['’]ve\b", "I've"),
    (r"\byou['’]ll\b", "I'll"),
    (r"\byou['’]d\b", "I'd"),
    (r"\byourself\b", "myself"),
    (r"\byours\b", "mine"),
    (r"\byour\b", "my"),
)
_SUBJECT = re.compile(
    r"(?:^|(?<=[,;:.!?] )|(?<=\b(?:and|but) )|(?<=\bthat )|(?<=\bwhen )|(?<=\b(?:what|whom|wher) )|(?<=\bwhere )"
    r"|(?<=\bif )|(?<=\b(?:because|whether) )|(?<=\bwhile )|(?<=\balthough )|(?<=\bthough )|(?<=\bas )|(?<=\bwho )"
    r"|(?<=\bwhich )|(?<=\bsince )|(?<=\bevery time ))you\b(?! to\b)",
    re.IGNORECASE,
)
_VERB_AFTER = re.compile(
    r"\byou (?=(?:can|could|will|would|have|had|do|did|may|might|must|should|often|never|always|also|still"
    r"|feel|like|love|want|need|know|think|work|live|spend|tend|enjoy|hate|prefer|believe|care|worry)\b)",
    re.IGNORECASE,
)
_IRREGULAR = {"is": "am", "has": "have", "does": "do", "goes": "go", "was": "was"}
_NOT_VERBS = {
    "always",
    "sometimes",
    "is",
    "this",
    "perhaps",
    "besides",
    "overseas",
    "news",
    "as",
    "his",
    "its",
    "us",
    "less",
}
_ADVERBS = {
    "always",
    "often",
    "never",
    "frequently",
    "sometimes",
    "rarely",
    "usually",
    "occasionally",
    "mostly",
    "still",
}
_S_VERB = re.compile(r"[a-z]+s")
_VOWEL_SOUND = re.compile(r"(?:[aeio]|u(?!ni|s[eu]|tor))|hon|hour|heir", re.IGNORECASE)


def first_person(text: str) -> str:
    """Said of oneself what was said to one."""
    for pattern, mine in _PAIRS:
        text = re.sub(pattern, mine, text, flags=re.IGNORECASE)
    text = _SUBJECT.sub("I", text)
    text = _VERB_AFTER.sub("I ", text)
    text = re.sub(r"\byou\b", "me", text, flags=re.IGNORECASE)
    if text.startswith("I "):
        text = re.sub(r"(?<=, and )is\b|(?<= and )is\b|(?<=, but )is\b", "am", text)
    return raised(text)


def third_to_first(text: str) -> str | None:
    """``Taps his pen`` as ``I tap my pen``; None where it is not one plain verb that can be turned."""
    first, _, rest = text.partition(" ")
    adverb = ""
    if first.lower() in _ADVERBS:
        adverb, (first, _, rest) = first.lower() + " ", rest.partition(" ")
    verb = base(first.lower())
    if verb is None or not rest or re.search(r",|;|\band \w+s\b|\bbut\b|\bher\b", rest):
        return None
    rest = re.sub(r"\b(?:his|their)\b", "my", rest)
    rest = re.sub(r"\b(?:himself|herself|themselves)\b", "myself", rest)
    rest = re.sub(r"\b(?:he|she) (?:is|was)\b", "I am", rest)
    if re.search(r"\b(?:he|she|him|they|them)\b", rest):
        return None
    return f"I {adverb}{verb} {first_person(rest)[:1].lower() + first_person(rest)[1:] if rest[0].islower() else rest}"


def base(verb: str) -> str | None:
    """``carries`` as ``carry``; None for what is no verb with an s."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb in _NOT_VERBS or not _S_VERB.fullmatch(verb) or verb.endswith("ss") or len(verb) < 4:
        return None
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("ches", "shes", "sses", "xes", "zzes")) else verb[:-1]


def lowered(text: str, proper: Container[str] = ()) -> str:
    """As it stands within a sentence: the first letter small, unless the word is a name or an abbreviation."""
    word = re.match(r"[\w'’-]*", text)
    first = word[0] if word else ""
    if first in ("I", "I'm", "I've", "I'd", "I'll") or first in proper or (not first[1:].islower() and len(first) > 1):
        return text
    return text[:1].lower() + text[1:]


def raised(text: str) -> str:
    """As it stands at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def article(noun: str) -> str:
    """``an architect``, ``a nurse``."""
    return f"{'an' if _VOWEL_SOUND.match(noun) else 'a'} {noun}"


def clean(text: str) -> str:
    """One clause without its full stop, quotes around it, or what stands in brackets."""
    text = re.sub(r"\s*\([^)]*\)", "", " ".join(text.split()))
    text = re.sub(r"(?<!\w)['‘“\"]|['’”\"](?!\w)", "", text)
    return text.strip(" .;,'\"“”")
