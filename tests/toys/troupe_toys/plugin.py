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
        _toy("ruin", "worlds:Ruin", "troupe_toys.config:RuinConfig"),
    ]


@hookimpl
def troupe_tools():
    return [
        _toy("bell", "tools:Bell"),
        _toy("almanac", "tools:Almanac"),
        _toy("counter", "tools:Counter"),
    ]


@hookimpl
def troupe_faculties():
    return [_toy("mood", "minds:Mood"), _toy("fog", "minds:Fog")]


@hookimpl
def troupe_modalities():
    return [_toy("eye", "senses:Eye"), _toy("blind-eye", "senses:BlindEye")]


@hookimpl
def troupe_embedders():
    return [_toy("letters", "senses:Letters")]


@hookimpl
def troupe_executors():
    return [_toy("lossy", "workers:Lossy"), _toy("lost", "workers:Lost")]


@hookimpl
def troupe_persona_sources():
    return [_toy("numbered", "people:Numbered")]


@hookimpl
def troupe_analyzers():
    return [_toy("headcount", "people:Headcount"), _toy("sulking", "people:Sulking")]
