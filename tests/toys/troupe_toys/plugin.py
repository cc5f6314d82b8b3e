"""What the toys offer."""

from troupe_core.plugin import Component, hookimpl


def _toy(name: str, where: str, config: str | None = None) -> Component:
    return Component(name=name, summary=f"A toy: {name}.", factory=f"troupe_toys.{where}", config=config)


@hookimpl
def troupe_environments():
    return [
        _toy("pairs", "worlds:Pairs"),
        _toy("ledger", "worlds:Ledger"),
        _toy("queue", "worlds:Queue", "troupe_toys.config:QueueConfig"),
        _toy("shift", "worlds:Shift"),
        _toy("ruin", "worlds:Ruin", "troupe_toys.config:RuinConfig"),
        _toy("glass", "slips:Glass", "troupe_toys.config:SlipConfig"),
        _toy("rubble", "slips:Rubble", "troupe_toys.config:SlipConfig"),
        _toy("asking", "slips:Asking", "troupe_toys.config:AskingConfig"),
    ]


@hookimpl
def troupe_tools():
    return [
        _toy("bell", "tools:Bell"),
        _toy("almanac", "tools:Almanac"),
        _toy("counter", "tools:Counter"),
        _toy("sloppy", "slips:Sloppy"),
        _toy("asking-tool", "slips:AskingTool"),
        _toy("borrower", "borrowing:Borrower", "troupe_toys.config:BorrowerConfig"),
    ]


@hookimpl
def troupe_faculties():
    return [
        _toy("mood", "minds:Mood"),
        _toy("fog", "minds:Fog"),
        _toy("muddle", "slips:Muddle", "troupe_toys.config:SlipConfig"),
        _toy("consult", "slips:Consult"),
        _toy("idle", "slips:Idle"),
        _toy("raving", "slips:Raving", "troupe_toys.config:SlipConfig"),
        _toy("slow", "borrowing:Slow"),
    ]


@hookimpl
def troupe_memory_backends():
    return [
        _toy("sieve", "slips:Sieve", "troupe_toys.config:SlipConfig"),
        _toy("asking-memory", "slips:AskingMemory", "troupe_toys.config:SlipConfig"),
    ]


@hookimpl
def troupe_llms():
    return [
        _toy("mute", "slips:Mute", "troupe_toys.config:SlipConfig"),
        _toy("keyless", "providers:Keyless"),
        _toy("busy", "providers:Busy", "troupe_toys.config:BusyConfig"),
    ]


@hookimpl
def troupe_modalities():
    return [
        _toy("eye", "senses:Eye"),
        _toy("blind-eye", "senses:BlindEye"),
        _toy("late-eye", "senses:LateEye"),
        _toy("squint", "slips:Squint"),
        _toy("asking-eye", "slips:AskingEye"),
    ]


@hookimpl
def troupe_embedders():
    return [
        _toy("letters", "senses:Letters"),
        _toy("blank", "slips:Blank"),
        _toy("asking-embedder", "slips:AskingEmbedder", "troupe_toys.config:SlipConfig"),
    ]


@hookimpl
def troupe_executors():
    return [
        _toy("lossy", "workers:Lossy"),
        _toy("lost", "workers:Lost"),
        _toy("liar", "slips:Liar"),
        _toy("idler", "slips:Idler"),
    ]


@hookimpl
def troupe_persona_sources():
    return [_toy("numbered", "people:Numbered")]


@hookimpl
def troupe_analyzers():
    return [
        _toy("headcount", "people:Headcount"),
        _toy("sulking", "people:Sulking"),
        _toy("speechless", "slips:Speechless"),
        _toy("report", "slips:Report"),
    ]
