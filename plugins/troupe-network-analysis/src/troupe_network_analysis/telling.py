"""The network in words: statements with the events that bear them out, and prose."""

from collections.abc import Iterator, Sequence

from troupe_core.plugin import EventId, Finding, Table, plain_markdown
from troupe_network_analysis.heard import Network
from troupe_network_analysis.measures import Measures, Member

__all__ = ["findings_on", "prose_on", "tables_on"]

_MOST_CITED = 12
"""Events that one statement names; the first and the last of them, where there are more."""

_MUTUAL = ((0.75, "nearly everything is answered"), (0.5, "most is answered"), (0.25, "much stays unanswered"))


def findings_on(network: Network, measures: Measures) -> Iterator[Finding]:
    """Statements, the plainest first."""
    ties = network.ties
    if not ties:
        return
    yield Finding(text=_who_says_most(measures.members), events=_cited(_most_spoken(network)))
    sought = _first_of(measures.members, "heard")
    reaching = [line for (_, listener), tie in ties.items() if listener == sought.name for line in tie.lines]
    yield Finding(
        text=f"{sought.name} is spoken to most, by {_counted(sought.heard_from, 'person', 'people')}.",
        events=_cited(reaching),
    )
    (a, b), strongest = max(ties.items(), key=lambda each: each[1].weight)
    yield Finding(
        text=f"The strongest tie is from {a} to {b}: {_counted(strongest.addressed, 'line')} by name, "
        f"weight {strongest.weight:.1f}.",
        events=_cited(strongest.lines),
    )
    yield from _one_sided(network)
    if len([circle for circle in measures.circles if len(circle) > 1]) > 1:
        yield from _circles(network, measures)
    silent = [member.name for member in measures.members if not member.lines]
    if silent:
        yield Finding(text=f"{_listed(silent)} said nothing.")
    if network.unheard:
        number = _counted(len(network.unheard), "line")
        yield Finding(text=f"{number} to all reached nobody; no tie counts them.", events=_cited(network.unheard))


def prose_on(network: Network, measures: Measures) -> str:
    """A paragraph on the whole."""
    people = len(network.people)
    if not network.ties:
        return f"Among {_counted(people, 'person', 'people')} nobody said anything that another one heard."
    pairs = f"{len(network.ties)} of {people * (people - 1)} possible ties ({measures.density:.0%}) carry something"
    mutual = measures.reciprocity or 0.0
    how = next((words for least, words in _MUTUAL if mutual >= least), "hardly anything is answered")
    told = [f"Among {_counted(people, 'person', 'people')}, {pairs}. Reciprocity is {mutual:.2f}: {how}."]
    circles = [circle for circle in measures.circles if len(circle) > 1]
    if len(circles) > 1 and measures.modularity is not None:
        named = "; ".join(plain_markdown(_listed(circle)) for circle in circles)
        told.append(f"There are {len(circles)} circles (modularity {measures.modularity:.2f}): {named}.")
    else:
        told.append("All who speak form one circle.")
    if network.voices:
        told.append(
            f"{plain_markdown(_listed(network.voices))} is no person of the run, but a voice that people speak with."
        )
    return " ".join(told)


def tables_on(network: Network, measures: Measures, most_pairs: int, about: str = "") -> tuple[Table, Table]:
    """One row a person, and one row a pair."""
    people = tuple(
        (
            each.name,
            each.lines,
            round(each.spoken, 2),
            round(each.heard, 2),
            each.spoke_to,
            each.heard_from,
            None if each.reciprocity is None else round(each.reciprocity, 2),
            each.circle,
        )
        for each in measures.members
    )
    pairs = sorted(network.ties.items(), key=lambda each: -each[1].weight)[:most_pairs]
    left = len(network.ties) - len(pairs)
    more = f", the first {len(pairs)} of {len(network.ties)}" if left else ""
    return (
        Table(
            title=f"People{about}",
            columns=("person", "lines", "spoken", "heard", "spoke to", "heard from", "reciprocity", "circle"),
            rows=people,
        ),
        Table(
            title=f"Pairs{about}{more}",
            columns=("from", "to", "weight", "lines by name", "lines in all"),
            rows=tuple((a, b, round(tie.weight, 2), tie.addressed, len(tie.lines)) for (a, b), tie in pairs),
        ),
    )


def _one_sided(network: Network) -> Iterator[Finding]:
    """The pair that is farthest from an exchange, where somebody is spoken to by name and never answers."""
    never = [
        (pair, tie)
        for pair, tie in network.ties.items()
        if tie.addressed > 1 and (pair[1], pair[0]) not in network.ties
    ]
    if never:
        (a, b), tie = max(never, key=lambda each: each[1].addressed)
        yield Finding(
            text=f"{a} speaks to {b} by name {_counted(tie.addressed, 'time')}, and {b} never to {a}.",
            events=_cited(tie.lines),
        )


def _circles(network: Network, measures: Measures) -> Iterator[Finding]:
    for number, circle in enumerate(measures.circles, start=1):
        if len(circle) > 1:
            within = [line for (a, b), tie in network.ties.items() if a in circle and b in circle for line in tie.lines]
            yield Finding(text=f"Circle {number}: {_listed(circle)}.", events=_cited(dict.fromkeys(within)))


def _who_says_most(members: Sequence[Member]) -> str:
    most, said = max(member.lines for member in members), sum(member.lines for member in members)
    talkers = [member.name for member in members if member.lines == most]
    if len(talkers) == len(members):
        return f"Everybody says equally much: {most} of {said} lines each."
    if len(talkers) == 1:
        return f"{talkers[0]} says most: {most} of {said} lines ({most / said:.0%})."
    return f"{_listed(talkers)} say most: {most} of {said} lines each ({most / said:.0%})."


def _most_spoken(network: Network) -> list[EventId]:
    most = max(len(lines) for lines in network.spoken.values())
    return [line for lines in network.spoken.values() if len(lines) == most for line in lines]


def _first_of(members: Sequence[Member], measure: str) -> Member:
    return max(members, key=lambda member: getattr(member, measure))


def _cited(events: Sequence[EventId] | dict[EventId, None]) -> tuple[EventId, ...]:
    cited = tuple(events)
    half = _MOST_CITED // 2
    return cited if len(cited) <= _MOST_CITED else (*cited[:half], *cited[-half:])


def _counted(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:12]) + ([f"{len(names) - 12} others"] if len(names) > 12 else [])
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
