"""``troupe events``: the journal, event by event."""

import click

from troupe_core.cli.completing import agents, folders
from troupe_core.values.event import EVENT_KINDS

__all__ = ["events"]


@click.command(epilog="Example: troupe events runs/product-panel-1 --kind outcome --agent Lisa --json")
@click.argument("run", type=click.Path(path_type=str), shell_complete=folders)
@click.option("--kind", type=click.Choice(EVENT_KINDS), help="Only events of this kind.")
@click.option("--agent", metavar="NAME", shell_complete=agents, help="Only events of this agent.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def events(run: str, kind: str | None, agent: str | None, as_json: bool) -> None:
    """List the events of the run in the folder RUN, in the journal's logical order."""
    from typing import Any, cast

    import orjson
    from attrs import asdict

    from troupe_core.errors import InputError, nearest
    from troupe_core.journal.run import Run
    from troupe_core.values.ids import AgentId

    opened = Run.open(run)
    if agent is not None and agent not in opened.personas:
        close = nearest(agent, opened.personas)
        hint = f"Did you mean {close}?" if close else f"There are: {', '.join(opened.personas)}."
        raise InputError(f'nobody in this run is called "{agent}"', where=run, remedy=hint)
    wanted = None if agent is None else AgentId(agent)
    for event in opened.events(kind=cast(Any, kind), agent=wanted):
        if as_json:
            click.echo(orjson.dumps(asdict(event)).decode())
        else:
            data = orjson.dumps(event.data).decode()
            click.echo(f"{event.id:<9} {event.kind:<9} {event.agent or '':<16} {data}")
