"""The study that ``troupe init`` writes: two people and a kettle, played by a model that is installed."""

from collections.abc import Mapping, Sequence
from string import Template

__all__ = ["first_study", "model_for"]

_KNOWN = {
    "mock": """\
[llm]
use = "mock"                  # from troupe-mock-llm; other models come with other plugins""",
    "openai": """\
[llm]
use = "openai"                # the key comes from the environment: OPENAI_API_KEY
model = "gpt-5-mini"          # or any other that the key may use
budget = { calls = 40 }       # the run stops, resumable, before it would ask more often""",
}


def model_for(installed: Sequence[str]) -> str:
    """Which of the installed models plays: one that costs nothing, else one that we know, else any; mock if none."""
    return next((name for name in (*_KNOWN, *installed) if name in installed), "mock")


def first_study(model: str) -> Mapping[str, str]:
    """The files of the study, by path."""
    lines = _KNOWN.get(model, f'[llm]\nuse = "{model}"')
    return {"study.toml": _STUDY.substitute(model=lines), **_PEOPLE}


_STUDY = Template(
    """\
#:schema ./.troupe/study.schema.json
# A small study. Run it with: troupe run study.toml

[simulation]
name = "Tea or coffee"
steps = 4
seed = 1                      # another seed is another conversation
start = 2026-03-02T09:00:00
step = "5min"

$model

[environment]
use = "room"
place = "a small office kitchen"
topic = "whether the office should buy a coffee machine or stay with tea"

[[agents]]
persona = "personas/ada.toml"

[[agents]]
persona = "personas/ben.toml"

[[stimuli]]                   # something that happens, whatever people do
at = 2
text = "The kettle breaks with a loud crack."

[[analyzers]]
use = "transcript"            # written to report/ in the run's folder
"""
)

_PEOPLE = {
    "personas/ada.toml": """\
#:schema ../.troupe/persona.schema.json
name = "Ada"
age = 34
occupation = "You run the books of a small publishing house."
style = "Dry, precise, quick to smile."
skills = ["You are good with numbers.", "You remember what people promised."]
beliefs = ["Small comforts keep a team together.", "What nobody pays for, nobody values."]

[personality]
traits = ["You weigh costs before you speak.", "You like to settle things today."]

[preferences]
likes = ["Strong coffee.", "Lists.", "Short meetings."]
dislikes = ["Waste.", "Queues at the kettle."]
""",
    "personas/ben.toml": """\
#:schema ../.troupe/persona.schema.json
name = "Ben"
age = 51
occupation = "You set type and design covers, by hand where you can."
style = "Slow, warm, given to stories."
skills = ["You repair things that others throw away."]
beliefs = ["Tools should last.", "A break is worth more than a machine."]

[personality]
traits = ["You are patient.", "You distrust gadgets."]

[preferences]
likes = ["Tea with milk.", "Quiet mornings."]
dislikes = ["Noise.", "Capsules of any kind."]
""",
}
