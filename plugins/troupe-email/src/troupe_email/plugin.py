"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_tools"]


@hookimpl
def troupe_tools() -> Sequence[Component]:
    """The tool `email`."""
    return [
        Component(
            name="email",
            summary="Mail between agents: inbox, send, reply, search; real mail by SMTP where it is granted.",
            factory="troupe_email.post_office:PostOffice",
            config="troupe_email.config:Config",
            capabilities=("email.send", "network"),
        )
    ]
