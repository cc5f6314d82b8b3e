"""``troupe init``: a small study to start from."""

import click

__all__ = ["init"]

_FILES = {
    "study.toml": """\
# A small study. Run it with: troupe run study.toml

[simulation]
name = "Tea or coffee"
steps = 4
seed = 1                      # another seed is another conversation
start = 2026-03-02T09:00:00
step = "5min"

[llm]
use = "mock"                  # from troupe-mock-llm; other models come with other plugins

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
""",
    "personas/ada.toml": """\
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


@click.command(epilog="Example: troupe init my-study")
@click.argument("folder", type=click.Path(path_type=str))
def init(folder: str) -> None:
    """Write a small study with two people into the new or empty folder FOLDER."""
    from pathlib import Path

    from troupe_core.errors import InputError

    target = Path(folder)
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError(
                "this is there already, and nothing is overwritten", where=folder, remedy="Give a new folder."
            )
        for name, text in _FILES.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(f"wrote {path}")
    except OSError as fault:
        raise InputError(f"cannot be written: {fault.strerror}", where=folder, remedy="Give another folder.") from fault
    click.echo(f"Run it with: troupe run {target / 'study.toml'}")
