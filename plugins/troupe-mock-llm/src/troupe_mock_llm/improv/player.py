"""One turn of one person: what they say next, and to whom."""

from collections.abc import Iterator, Sequence
from random import Random

from attrs import frozen

from troupe_mock_llm.improv.character import Character
from troupe_mock_llm.improv.conversation import Conversation, Said
from troupe_mock_llm.improv.ear import Ear, Heard
from troupe_mock_llm.improv.grammar import lowered
from troupe_mock_llm.improv.news import short_news
from troupe_mock_llm.improv.phrasing import LONGEST_LINE, Phrasing
from troupe_mock_llm.improv.stance import Side, Stance
from troupe_mock_llm.improv.vocabulary import Vocabulary

__all__ = ["Line", "Player"]


@frozen
class Line:
    """Something to say aloud."""

    to: str
    text: str


@frozen(eq=False, kw_only=True)
class Player:
    """Everything that a line can be made of."""

    character: Character
    stance: Stance
    conversation: Conversation
    vocabulary: Vocabulary
    ear: Ear
    phrasing: Phrasing
    random: Random

    @property
    def has_topic(self) -> bool:
        """Whether there is something to be for or against."""
        return self.phrasing.slots["the"] != "this"

    # ── Moves ────────────────────────────────────────────────────────────────────────────────────────────────

    def opening(self) -> Line:
        """A first impression, and what it rests on."""
        impression = self._say(f"open_{self.stance.side}")
        theme = self._own_theme()
        job = self.phrasing.pick(self.character.jobs, label=self._label(theme)) if self.random.random() < 0.5 else None
        return Line("all", self._line(impression, job, self._basis(theme), self._basis(self._own_theme(1))))

    def small_talk(self) -> Line:
        """The first words in a room without a topic."""
        return Line("all", self._line(self._say("smalltalk"), self._about_oneself()))

    def chat(self, to: Said) -> Line:
        """Words between people without a topic: an answer, a reaction, a question."""
        who = _first(to.who)
        if not to.text.rstrip().endswith("?") and self.random.random() < 0.4:
            asked = self._say("smalltalk_ask", who=who)
            if asked:
                return Line(to.who, self.phrasing.joined(asked))
        return Line(to.who, self._line(self._say("smalltalk_react", who=who), self._about_oneself()))

    def _about_oneself(self) -> str | None:
        remarks = [each.text for each in self.character.remarks if len(each.text) < 100]
        own = self.phrasing.pick(remarks) if self.random.random() < 0.7 else None
        return own or self.phrasing.pick(self.vocabulary.phrases["smalltalk_tell"]["plain"])

    def reason(self, theme: str | None = None) -> Line:
        """One more reason, with something of one's own."""
        name = theme or self._own_theme()
        side = self._side_on(name)
        head = self._say(f"reason_{side}", label=self._label(name))
        told = [self._clause(name), self._ground(name) or self._aside()]
        if self.random.random() < 0.6:
            told.reverse()
        return Line("all", self._line(head, *told, self._clause(self._own_theme(1))))

    def react(self, to: Said) -> Line:
        """Agreement, half agreement or contradiction, and why."""
        heard = self.ear.hear(to.text)
        theme = heard.theme or self._own_theme()
        kind, side = self._attitude(heard, theme)
        head = self._say(kind, who=_first(to.who), label=self._label(theme))
        body = [self._clause(theme, side), self._ground(theme, tastes=False)]
        if kind == "agree" and self.random.random() < 0.6:
            body.reverse()
        if kind == "partly" and heard.side not in (side, None):
            head = self._but(head)
        return Line(to.who, self._line(head, *body, self._clause(self._own_theme())))

    def answer(self, to: Said) -> Line:
        """An answer to a question."""
        heard = self.ear.hear(to.text)
        theme = heard.theme or self._own_theme()
        side = self._side_on(theme)
        exact = self.vocabulary.answers.get(heard.question or "", {}).get(side)
        told = self.phrasing.pick([exact]) if exact else None
        head = self._say("answer", who=_first(to.who))
        if told is None:
            told = self._clause(theme) or self._clause(self._own_theme())
        return Line(to.who, self._line(head, told, self._ground(theme, tastes=False)))

    def ask(self, whom: Said) -> Line:
        """A question to somebody, about what they spoke of."""
        heard = self.ear.hear(whom.text)
        for name in filter(None, [heard.theme, *self._fresh_themes()]):
            for each in self.phrasing.order([question.text for question in self.vocabulary.themes[name].questions]):
                question = lowered(each)
                if question not in self.phrasing.heard and each not in self.phrasing.heard:
                    return Line(whom.who, self._say("ask", who=_first(whom.who), question=question) or each)
        return self.react(whom)

    def question(self) -> str:
        """A question of one's own that nobody in sight has asked."""
        asked = [each.text for name in self._fresh_themes() for each in self.vocabulary.themes[name].questions]
        return self.phrasing.pick(asked) or "What makes you say that?"

    def event(self, happened: str) -> Line:
        """Taking up what just happened."""
        news = short_news(happened)
        touched = self.vocabulary.touched(happened)
        theme = max(touched, key=lambda name: touched[name], default=self._own_theme())
        theme = "money" if news and any(each in news for each in ("euro", "dollar", "pound", "€", "$", "£")) else theme
        head = self._say("event", news=news) if news else self._say("happening")
        if not self.has_topic:
            return Line("all", self._line(head, self._about_oneself()))
        return Line("all", self._line(head, self._clause(theme), self._ground(theme)))

    def condition(self) -> Line:
        """What it would take."""
        for name in [*self._fresh_themes(), *self.stance.themes]:
            for each in self.phrasing.order(self.vocabulary.themes[name].conditions):
                clause = lowered(each)
                if clause in self.phrasing.heard:
                    continue
                said = self._say(f"condition_{self.stance.side}", **{"if": clause})
                if said:
                    return Line(
                        "all", self.phrasing.joined(said, self._aside() if self.random.random() < 0.4 else None)
                    )
        return self.reason()

    def arguments(self) -> Iterator[str]:
        """One sentence on each of one's themes, dearest first."""
        return filter(None, (self._clause(name) for name in self._fresh_themes()))

    def grounds(self) -> Iterator[str]:
        """What can be said of oneself, whatever it is about."""
        return self.phrasing.order([each.text for each in self.character.remarks])

    def closing(self) -> Line:
        """The last word."""
        head = self._say(f"close_{self.stance.side}")
        spoken = [self.ear.hear(line).theme for line in self.conversation.own]
        name = max(self.stance.themes, key=spoken.count)
        tail = self.phrasing.pick(_LAST, label=self._label(name))
        return Line("all", self._line(head, tail))

    def thought(self) -> str | None:
        """Something that is better not said."""
        return self._say(f"think_{self.stance.side}", label=self._label(self._own_theme()))

    # ── Words ────────────────────────────────────────────────────────────────────────────────────────────────

    def _line(self, head: str | None, *bodies: str | None) -> str:
        """The head and the first body that fits; the body alone where there is no head."""
        parts = [each for each in bodies if each]
        if head is None:
            return self.phrasing.joined(*parts[:2]) if parts else "I have nothing to add for now."
        for body in parts:
            if len(head) + len(body) < LONGEST_LINE:
                return f"{head} {lowered(body) if head.endswith(':') else body}"
        return head if not head.endswith(":") else (parts or [head])[0]

    def _say(self, move: str, **slots: str) -> str | None:
        by_voice = self.vocabulary.phrases[move]
        voices = [voice for voice in self.character.temperament.voices if voice in by_voice]
        order = [*voices, "plain"] if voices and self.random.random() < 0.65 else ["plain", *voices]
        return next((said for voice in order if (said := self.phrasing.pick(by_voice[voice], **slots))), None)

    def _basis(self, theme: str) -> str | None:
        """What a view rests on: a thought on the theme, or oneself."""
        ground = self._ground(theme) if self.random.random() < 0.45 else None
        return ground or self._clause(theme) or self._ground(theme)

    def _but(self, head: str | None) -> str | None:
        but = self.phrasing.random.choice(self.vocabulary.phrases["doubt"]["plain"])
        return f"{head} {but}" if head else None

    def _clause(self, theme: str, side: Side | None = None) -> str | None:
        side = side or self._side_on(theme)
        known = self.vocabulary.themes[theme]
        return self.phrasing.pick(known.con if side == "con" else known.pro)

    def _ground(self, theme: str, *, tastes: bool = True) -> str | None:
        """Something of one's own that belongs to the theme, or one's work."""
        leaning = {"pro": -1, "con": 1}.get(self.stance.side, 0)
        fitting = [
            each.text
            for each in self.character.remarks
            if theme in each.themes and each.leans != leaning and (tastes or not each.leans)
        ]
        said = next((each for each in self.phrasing.order(fitting) if len(each) < 110), None)
        if said is not None and self.random.random() < 0.8:
            return said
        if tastes and theme in self.stance.themes[:4]:
            job = self.phrasing.pick(self.character.jobs, label=self._label(theme))
            if job is not None and not any(part in self.phrasing.heard for part in _stems(self.character.jobs)):
                return job
        return said

    def _aside(self) -> str | None:
        return self.phrasing.pick(self.character.asides)

    def _label(self, theme: str) -> str:
        return self.vocabulary.themes[theme].label

    def _side_on(self, theme: str) -> Side:
        return self.stance.sides[theme]

    def _attitude(self, heard: Heard, theme: str) -> tuple[str, Side]:
        """How one takes what somebody said, and on which side one's own words are then."""
        own = self._side_on(theme)
        if heard.side is None or heard.side == "torn":
            return ("agree" if self.character.temperament.agreeableness >= 0 else "partly"), own
        if heard.side == own:
            return "agree", own
        if self.stance.side == "torn":
            return "partly", own
        yields = not self.stance.firm and len(self.conversation.own) >= 2 and self.random.random() < 0.45
        return ("partly", heard.side) if yields else ("disagree", own)

    def _own_theme(self, place: int = 0) -> str:
        themes = list(self._fresh_themes())
        return themes[(place + (self.phrasing.step if self.phrasing.forgetful else 0)) % len(themes)]

    def _fresh_themes(self) -> Iterator[str]:
        """One's themes, those not yet spoken of first."""
        spoken = [self.ear.hear(line).theme for line in self.conversation.own]
        yield from sorted(self.stance.themes, key=spoken.count)


_NO_NAMES = frozenset({"a", "an", "the", "somebody", "someone"})
_LAST = (
    "What decided it for me is {label}.",
    "In the end it comes down to {label}.",
    "I will remember what was said here about {label}.",
    "If I had to name one thing: {label}.",
)


def _stems(jobs: Sequence[str]) -> list[str]:
    return [job.partition("{label}")[0] or job.partition("{label}")[2] for job in jobs]


def _first(name: str) -> str:
    """How one calls somebody: a journalist whose name nobody told is a friend."""
    first = name.split(maxsplit=1)[0]
    return "friend" if first.lower() in _NO_NAMES else first
