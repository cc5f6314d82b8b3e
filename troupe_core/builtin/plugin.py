"""The core's own plugin."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl


@hookimpl
def troupe_memory_backends() -> Sequence[Component]:
    return [
        Component(
            name="recent",
            summary="Remembers the latest things, up to a bound; recalls the newest first.",
            factory="troupe_core.builtin.recent:RecentMemory",
            config="troupe_core.builtin.config:RecentConfig",
        )
    ]


@hookimpl
def troupe_environments() -> Sequence[Component]:
    return [
        Component(
            name="room",
            summary="One room: everybody hears everybody; people talk, think and wait.",
            factory="troupe_core.builtin.room:Room",
            config="troupe_core.builtin.config:RoomConfig",
        ),
        Component(
            name="alone",
            summary="No world: somebody who is talked to from outside talks, thinks and waits.",
            factory="troupe_core.builtin.alone:Alone",
        ),
    ]


@hookimpl
def troupe_analyzers() -> Sequence[Component]:
    return [
        Component(
            name="transcript",
            summary="What was said and done, as a script to read.",
            factory="troupe_core.builtin.transcript:Transcript",
            config="troupe_core.builtin.config:TranscriptConfig",
        )
    ]


@hookimpl
def troupe_executors() -> Sequence[Component]:
    return [
        Component(
            name="local",
            summary="Decides turns in this process.",
            factory="troupe_core.builtin.local:LocalExecutor",
        )
    ]
