"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_environments"]


@hookimpl
def troupe_environments() -> Sequence[Component]:
    """The environments `focus-group`, `interview` and `rooms`."""
    return [
        Component(
            name="focus-group",
            summary="Questions are put one by one; everybody answers each, then it is open for discussion.",
            factory="troupe_conversation.focus_group:FocusGroup",
            config="troupe_conversation.config:FocusGroupConfig",
        ),
        Component(
            name="interview",
            summary="One person after the other is asked questions; nobody else hears the answers.",
            factory="troupe_conversation.interview:Interview",
            config="troupe_conversation.config:InterviewConfig",
        ),
        Component(
            name="rooms",
            summary="Rooms with doors: people hear only who is in the same room, and go from room to room.",
            factory="troupe_conversation.rooms:Rooms",
            config="troupe_conversation.config:RoomsConfig",
        ),
    ]
