"""Who is playing: what can be said of oneself in this person's name, and what each of it is about."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from troupe_core.plugin import PromptParts
from troupe_mock_llm.improv.grammar import article, clean, first_person, lowered, third_to_first
from troupe_mock_llm.improv.reading import labelled
from troupe_mock_llm.improv.temperament import Temperament, temperament_of
from troupe_mock_llm.improv.vocabulary import Vocabulary
from troupe_mock_llm.streams import stream

__all__ = ["Character", "Remark", "character_of"]

_LONGEST = 96
_PEOPLES = {
    "German", "French", "Brazilian", "Canadian", "American", "British", "English", "Spanish", "Italian", "Portuguese",
    "European", "African", "Asian", "Chinese", "Japanese", "Indian", "Turkish", "Polish", "Dutch", "Christian",
}  # fmt: skip
_DOES = re.compile(
    r"(?:sells|runs|owns|works|drives|makes|teaches|keeps|writes|takes|builds|studies|leads|manages|looks|cooks)\b",
    re.IGNORECASE,
)
"""How somebody's work is told who has no title."""
_EXACT = re.compile(r"detail|perfect|rigor|practical|logic|thrift|repair|plan ahead|curious", re.IGNORECASE)
_NO_JOB = re.compile(r"unemployed|n/a|none|out of work|looking for work|retired$", re.IGNORECASE)
_LIKES = ("I like {}.", "I am fond of {}.", "Give me {} any day.", "You can win me over with {}.")
_DISLIKES = ("I cannot stand {}.", "Spare me {}.", "I have no time for {}.", "I have little patience with {}.")
_BELIEFS = (
    "I believe that {}.",
    "I hold on to one thing: {}.",
    "I am convinced that {}.",
    "For me it is simple: {}.",
)
_JOBS = (
    "I am {a}; I look at {label} first.",
    "As {a} I cannot help thinking of {label}.",
    "Ask {a} about {label}, and you get a long answer.",
    "There speaks {a} who thinks of {label} first.",
    "Perhaps only {a} worries about {label}, but I do.",
)
_HOMES = (
    "In {city} people would talk about it for a week.",
    "I try to picture it in {city}, and I can, almost.",
    "People in {city} have got used to stranger things.",
    "Half of {city} would laugh, and the other half would queue.",
)
_KIN = ("I can already hear what {kin} would say.", "I would ask {kin} before I decide.", "I had to think of {kin}.")


@frozen(eq=False)
class Remark:
    """One sentence that somebody can say of themselves."""

    text: str
    themes: Sequence[str]
    leans: int = 0
    """1 for what one likes, −1 for what one does not."""


@frozen(eq=False)
class Character:
    """What is derived from message 0: the same in all turns of an agent."""

    name: str
    first_name: str
    temperament: Temperament
    remarks: Sequence[Remark]
    """About themes of their own."""
    jobs: Sequence[str]
    """Sentences with a slot for the theme at hand."""
    asides: Sequence[str]
    """Sentences that go with any theme."""
    themes: Mapping[str, int]
    """How much each theme is theirs."""
    likes: str
    dislikes: str


def character_of(parts: PromptParts, vocabulary: Vocabulary) -> Character:
    """The character that a prompt introduces."""
    labels = labelled(parts.persona)
    proper = _proper_names(parts)
    remarks = [
        Remark(text, tuple(vocabulary.touched(about)), leans)
        for text, about, leans in _remarks(parts.name, labels, proper)
    ]
    themes: Counter[str] = Counter()
    for label, clauses in labels.items():
        if "education" not in label:
            weight = 3 if label.startswith("occupation") else 1
            for clause in clauses:
                themes.update(dict.fromkeys(vocabulary.touched(clause), weight))
    return Character(
        name=parts.name,
        first_name=parts.name.split()[0],
        temperament=temperament_of(labels),
        remarks=remarks,
        jobs=_about_job(labels),
        asides=list(_asides(labels)),
        themes=themes,
        likes=" ".join(_under(labels, "likes", "interests")),
        dislikes=" ".join(_under(labels, "dislikes")),
    )


def _remarks(name: str, labels: Mapping[str, Sequence[str]], proper: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    """Sentence, what it is about, and whether it speaks for or against things."""
    lot = stream(name, "remarks")
    for place, belief in enumerate(_under(labels, "beliefs"), start=len(name)):
        said = first_person(belief)
        if re.match(r"I (?:believe|think|am|have|want)\b", said):
            yield f"{said}.", belief, 0
        elif not belief.lower().startswith(("to ", "that ")):
            yield _BELIEFS[place % len(_BELIEFS)].format(lowered(said, proper)), belief, 0
    for like in _under(labels, "likes"):
        yield _said(like, _LIKES, proper, lot.choice(_LIKES)), like, 1
    for dislike in _under(labels, "dislikes"):
        yield _said(dislike, _DISLIKES, proper, lot.choice(_DISLIKES)), dislike, -1
    for goal in _under(labels, "long term goals", "goals"):
        if goal.lower().startswith("to "):
            yield f"I want {lowered(_own(goal), proper)}.", goal, 0
    for trait in _under(labels, "traits"):
        if trait.lower().startswith("you ") and _EXACT.search(trait):
            yield f"{first_person(trait)}.", trait, 0


def _said(thing: str, patterns: Sequence[str], proper: frozenset[str], pattern: str) -> str:
    if re.match(r"you\b", thing, re.IGNORECASE):
        return f"{first_person(thing)}."
    if re.match(r"\w+ing\b", thing):
        pattern = patterns[stream(thing).randrange(2)]
    turned = third_to_first(thing) if re.match(r"(?:Likes|Loves|Enjoys|Hates|Dislikes|Prefers)\b", thing) else None
    return f"{turned}." if turned else pattern.format(lowered(_own(thing), proper))


def _own(phrase: str) -> str:
    said = first_person(phrase)
    return re.sub(r"\b(?:his|her|their)\b", "my", said)


def _under(labels: Mapping[str, Sequence[str]], *endings: str) -> list[str]:
    return [
        clause
        for label, clauses in labels.items()
        if any(label == ending or label.endswith(f" {ending}") for ending in endings)
        for clause in clauses
        if 3 < len(clause) <= _LONGEST and ":" not in clause
    ]


def _about_job(labels: Mapping[str, Sequence[str]]) -> list[str]:
    told = labels.get("occupation title") or labels.get("occupation") or []
    title = re.split(r",| at | with | who | – |: ", told[0])[0].strip() if told else ""
    title = re.sub(r"^(?:you are|you work as|works as|i am|an?|the)\s+", "", title, flags=re.IGNORECASE)
    title = re.sub(r"^(?:an?|the)\s+", "", title, flags=re.IGNORECASE)
    if (
        not title
        or len(title) > 45
        or _NO_JOB.search(title)
        or _DOES.match(title)
        or re.search(r"\byou\b|\.", title, re.IGNORECASE)
    ):
        return []
    said = " ".join(word if word.isupper() or word in _PEOPLES else word.lower() for word in title.split())
    return [pattern.replace("{a}", article(said)) for pattern in _JOBS]


def _asides(labels: Mapping[str, Sequence[str]]) -> Iterator[str]:
    relations = [clause for clause in labels.get("relationships", ()) if ": " in clause]
    for clause, pattern in zip(relations, _KIN, strict=False):
        who, _, what = clause.partition(": ")
        kin = re.match(
            r"(?:an? |the )?(?:your |his |her )?([a-z][\w'’ -]{2,24}?)(?:[,.]| who| \d|$)", what, re.IGNORECASE
        )
        if kin and " and " not in who and "," not in who and len(who) < 24 and not re.search("cat|dog|chatbot", what):
            yield pattern.format(kin=f"my {clean(kin[1]).lower()} {who}")
    age = next(iter(labels.get("age", ())), "")
    if age.isdigit() and int(age) >= 58:
        yield f"At {age} I have seen a few promises come and go."
    elif age.isdigit() and 14 <= int(age) <= 25:
        yield f"I am {age}; I would have to live with it longer than most of you."
    city = next(iter(labels.get("residence", ())), "").split(",")[0]
    if (
        2 < len(city) < 24
        and not city.isupper()
        and city[:1].isupper()
        and not re.search(r"\b(?:in|near|a|the)\b", city)
    ):
        yield stream(city, *age).choice(_HOMES).format(city=city)


def _proper_names(parts: PromptParts) -> frozenset[str]:
    """Words that are written large in the middle of a sentence, and nowhere small."""
    text = "\n".join(parts.persona)
    large = set(re.findall(r"(?<=[a-z,] )[A-Z][\w'’-]+", text))
    small = set(re.findall(r"\b[a-z][\w'’-]+", text))
    return frozenset({word for word in large if word.lower() not in small} | _PEOPLES | {parts.name.split()[0]})
