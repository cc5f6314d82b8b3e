"""Words for the texts of any schema, by the names of their fields."""

from attrs import frozen

from troupe_mock_llm.improv.phrasing import LONGEST_LINE
from troupe_mock_llm.improv.player import Player
from troupe_mock_llm.schema.chooser import Drawn, Place

__all__ = ["Improvised"]

_SOMEBODY = {
    "to",
    "recipient",
    "recipients",
    "who",
    "whom",
    "agent",
    "target",
    "person",
    "partner",
    "with",
    "addressee",
}
_QUESTIONS = {"question", "questions"}
_LEADS = {"lead"}
_MOODS = {"mood", "emotion", "feeling"}
_TITLES = {
    "title",
    "subject",
    "topic",
    "name",
    "headline",
    "label",
    "theme",
    "query",
    "keyword",
    "keywords",
    "tag",
    "tags",
}


@frozen
class Improvised(Drawn):
    """Decides by lot, and speaks as the player where a text is asked for."""

    player: Player | None = None

    def text(self, place: Place, most: int | None) -> str:
        """A name, a mood, a title or a sentence, by what the field is called."""
        words = set((place[-1] if place else "text").lower().replace("-", "_").split("_"))
        if words & _SOMEBODY:
            present = self.player.conversation.present if self.player else ()
            return self.random.choice(list(present)) if present else "all"
        if words & _QUESTIONS and self.player:
            return self.player.question()
        if words & _LEADS:
            return self.random.choice(_BEFORE_A_QUESTION)
        if words & _MOODS:
            return self.random.choice(self._moods())
        if words & _TITLES:
            return self.player.phrasing.slots["the"] if self.player else "A short note"
        return self._sentence(min(most or LONGEST_LINE, LONGEST_LINE))

    def _moods(self) -> list[str]:
        side = self.player.stance.side if self.player else "torn"
        return {
            "pro": ["hopeful", "curious", "cheerful", "pleased"],
            "con": ["doubtful", "wary", "annoyed", "uneasy"],
            "torn": ["thoughtful", "undecided", "curious", "calm"],
        }[side]

    def _sentence(self, most: int) -> str:
        if self.player is None:
            return self.random.choice(_PLAIN)
        text = self.player.reason().text
        return text if len(text) <= most else next((each for each in _PLAIN if len(each) <= most), text)


_BEFORE_A_QUESTION = (
    "I should like to hear everything you think on this one.",
    "Take your time with this one.",
    "Say what comes to your mind first.",
    "There is no wrong answer here.",
    "Let me put it as plainly as I can.",
    "Be frank, please.",
)
"""Lead-ins that fit the first question and any other."""

_PLAIN = (
    "I would like to know more before I decide.",
    "That sounds sensible to me.",
    "It depends on the details.",
    "I am in favour, with some doubts.",
    "Not for me.",
    "Yes.",
)
