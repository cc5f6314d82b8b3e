"""What the talk is about, as a phrase that can stand in a sentence."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from troupe_mock_llm.improv.conversation import Conversation
from troupe_mock_llm.improv.grammar import raised

__all__ = ["Topic", "topic_of"]

_STOP = frozenset({
    "that", "which", "who", "whose", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will",
    "would", "can", "could", "should", "may", "might", "must", "do", "does", "did", "on", "in", "at", "for",
    "with", "to", "from", "and", "or", "by", "as", "but", "than", "if", "when", "while", "where", "there",
    "here", "into", "onto", "over", "under", "about", "its", "it", "this", "he", "she", "they", "we", "you",
    "i", "costs", "comes", "stands", "lies", "works", "sits", "makes", "arrives", "goes", "gets", "says",
    "asks", "not", "no", "so", "because", "before", "after", "without", "within", "between", "during",
    "through", "per", "every", "each",
})  # fmt: skip
_TOLD = re.compile(
    r"(?:\b(?:topic|subject|agenda|theme|question|matter)\b[^:.?!]{0,30}?(?::| is| are)"
    r"|\b(?:talk(?:ing|s)?|speak(?:ing)?|chat(?:ting)?|debat(?:e|ing)|conversation|meeting|panel)"
    r" (?:is )?(?:about|over|on)"
    r"|\b(?:come|came|gathered|met|meet|here)(?: together)? (?:for this:|to (?:talk about|discuss|decide on))"
    r"|\bdiscuss(?:ing)?|\bdecid(?:e|ing) (?:on|about))\s+(?P<told>[^\n]+)",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"\b(?:puts?|shows?|brings?|presents?|unveils?|introduc\w+|announc\w+|offers?|propos\w+|plans?|stands?|lies|"
    r"called|try|consider|here is|there is|this is|meet)\s+(?:you |us |all |everyone |everybody )?"
    r"(?P<told>(?:an?|the|this|these|our|new)\s+[^\n]+)",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?P<told>(?:an?)\s+[^\n]+)", re.IGNORECASE)
_OPINION = re.compile(
    r"\b(?:think (?:of|about)|say (?:to|about|of)|feel about|opinion (?:of|on)|vote for|in favour of|for or against"
    r"|about|imagine|want|like|buy|use)\s+"
    r"(?P<told>(?:an?|the|this|these|our)\s+[^\n]+)",
    re.IGNORECASE,
)
_MINE = re.compile(r"\bthe ((?:[a-z]+-[a-z]+ )?(?:[a-z]+-)?[a-z]{4,})(?![\w-])")
_ARTICLES = ("a", "an", "the", "this", "that", "these", "those", "our", "your", "their", "his", "her", "its", "my")


@frozen
class Topic:
    """A phrase for the topic, and what agrees with it."""

    the: str = "this"
    """``the fridge``, ``school uniforms``, ``closing our street``."""
    told: str = ""
    """The topic as it was told, for what it touches."""
    plural: bool = False
    brief: str = ""
    """How it is called once everybody knows it; empty where `the` is short enough."""

    @property
    def known(self) -> "Topic":
        """The topic, as one speaks of it later on."""
        return evolve(self, the=self.brief, brief="") if self.brief else self

    @property
    def slots(self) -> Mapping[str, str]:
        """What the phrases of the vocabulary leave open."""
        plural = self.plural
        return {
            "the": self.the,
            "The": raised(self.the),
            "it": "they" if plural else "it",
            "It": "They" if plural else "It",
            "them": "them" if plural else "it",
            "its": "their" if plural else "its",
            "itself": "themselves" if plural else "itself",
            "is": "are" if plural else "is",
            "has": "have" if plural else "has",
            "does": "do" if plural else "does",
            "s": "" if plural else "s",
            "es": "" if plural else "es",
        }


def topic_of(conversation: Conversation) -> Topic:
    """The topic as the scene tells it; else what was shown first; else what people speak of most."""
    for told in _candidates(conversation):
        topic = _phrase(told)
        if topic is not None:
            return topic
    return _spoken_of(conversation)


def _candidates(conversation: Conversation) -> Iterator[str]:
    for line in reversed(conversation.asked):
        yield from (found["told"] for found in _OPINION.finditer(line))
    happened = [*conversation.events, *conversation.news]
    for line in [*conversation.scene, *happened]:
        yield from (found["told"] for found in _TOLD.finditer(line))
    for pattern in (_SHOWN, _ANY):
        for line in happened[:2]:
            yield from (found["told"] for found in pattern.finditer(line))


def _phrase(told: str) -> Topic | None:
    told = re.split(r"[.!?\n;]|, (?:and|but|with) ", told.strip(" \"'“”"))[0].strip()
    sentence = re.search(
        r"^(?:whether|should|shall|do|does|can|could|why|how|what|is|are|would|if)\b", told, re.IGNORECASE
    )
    apposed = re.match(r"[A-Z][\w'’-]*(?: [A-Z0-9][\w'’-]*)*, (an? .+)", told)
    if apposed:
        told = apposed[1]
    if sentence:
        inside = re.search(r"\ban?\s+\S.*", told)
        return _phrase(inside[0]) if inside else Topic(the="the idea", told=told[:160])
    if re.match(r"[A-Za-z]{3,}ing\b", told) and len(told) <= 45:
        return Topic(the=told[:1].lower() + told[1:], told=told, brief="the idea")
    return _noun_phrase(told)


def _noun_phrase(told: str) -> Topic | None:
    words = re.findall(r"[\w'’-]+|,", told)
    det = words[0].lower() if words and words[0].lower() in _ARTICLES else ""
    kept: list[str] = []
    for word in words[1:] if det else words:
        if (
            word == ","
            or word.lower() in _STOP
            or (word.lower() in _ARTICLES and kept[-1:] != ["of"])
            or len(kept) == 5
        ):
            break
        kept.append(word)
    while kept and kept[-1] == "of":
        kept.pop()
    if not kept or kept[0].lower() in _STOP or (len(kept) == 1 and kept[0].lower() in _NO_TOPIC):
        return None
    noun = " ".join(kept)
    noun = noun[:1].lower() + noun[1:] if not det and not kept[0].isupper() else noun
    head = kept[kept.index("of") - 1] if "of" in kept[1:] else kept[-1]
    plural = det not in ("a", "an", "this", "that") and bool(re.search(r"[^sui]s$", head)) and not head.istitle()
    if det in ("a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "my", "your"):
        det = "the"
    return Topic(the=f"{det} {noun}".strip(), told=told[:160], plural=plural)


def _spoken_of(conversation: Conversation) -> Topic:
    counts: Counter[str] = Counter()
    for text in [*(each.text for each in conversation.said), *conversation.own]:
        counts.update(set(_MINE.findall(text)) - _STOP - _VAGUE)
    best = max(counts.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    return Topic(the=f"the {best[0]}", told=best[0]) if best[1] >= 4 else Topic()


_NO_TOPIC = frozenset({
    "day", "week", "month", "year", "hour", "minute", "moment", "head", "person", "while", "time", "way", "lot",
    "bit", "host", "hostess", "loud",
})  # fmt: skip
_VAGUE = frozenset({
    "same", "other", "others", "thing", "things", "point", "first", "last", "rest", "side", "sides", "world",
    "time", "catch", "next", "only", "best",
})  # fmt: skip
