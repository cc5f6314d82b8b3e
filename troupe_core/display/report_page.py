"""What was found in runs, as one page of HTML that needs nothing from outside and suits light and dark."""

from collections.abc import Iterator, Sequence

from attrs import frozen
from markdown_it import MarkdownIt

from troupe_core.display.drawing import LIBRARY, as_picture, can_draw
from troupe_core.journal.figures import headline
from troupe_core.journal.findings import table_of
from troupe_core.journal.run import Run
from troupe_core.values.event import Event
from troupe_core.values.findings import Figure, Finding, Findings, Table
from troupe_core.values.html import Html, escaped, folded, grey, table
from troupe_core.values.ids import EventId

__all__ = ["Reported", "report_page"]

_LONG = 12_000
"""Characters of prose that are folded away until somebody wants to read them."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root{color-scheme:light dark}
body{max-width:60em;margin:2em auto;padding:0 1.2em;font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere;
background:Canvas;color:CanvasText}
h1,h2,h3,h4{line-height:1.25;margin:1.6em 0 .5em}h1{font-size:1.7em;margin-top:0}h2{font-size:1.35em}
h3{font-size:1.1em}h4{font-size:1em}
section{border-top:1px solid rgba(128,128,128,.35);margin-top:2.2em}
table{font-size:.93em}li{margin:.3em 0}img{max-width:100%;height:auto}
a{color:LinkText;text-decoration:none}a:hover{text-decoration:underline}
:target{background:rgba(255,200,0,.25)}
"""


@frozen
class Reported:
    """A run, and what was found in it."""

    run: Run
    findings: Sequence[Findings]


def report_page(reports: Sequence[Reported]) -> str:
    """The whole page. What people and models said is escaped, wherever it stands."""
    title = ", ".join(dict.fromkeys(each.run.name for each in reports))
    body = "\n".join(_of_run(number, each) for number, each in enumerate(reports))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _of_run(number: int, reported: Reported) -> str:
    run = reported.run
    cited = dict.fromkeys(event for found in reported.findings for each in found.findings for event in each.events)
    lines = [f"<h1>{escaped(run.name)}</h1>", *_head(run)]
    lines += [f"<section>{''.join(_of_analyzer(number, found))}</section>" for found in reported.findings]
    if cited:
        lines.append(f"<section><h2>What the findings rest on</h2>{_events(number, run, cited)}</section>")
    return f"<main>{''.join(lines)}</main>"


def _head(run: Run) -> Iterator[str]:
    stats, people = run.stats(), list(run.personas)
    why = f" ({run.reason})" if run.reason not in (None, run.status) else ""
    more = f" and {len(people) - 40:,} more" if len(people) > 40 else ""
    yield f"<p>{escaped(', '.join(people[:40]) + more)}</p>"
    told = f"{run.status.capitalize()}{why}: {headline(stats)}. Digest {stats['digest'][:16]}… · {run.folder.name}"
    yield f"<p>{grey(told)}</p>"


def _of_analyzer(number: int, found: Findings) -> Iterator[str]:
    yield f"<h2>{escaped(found.title)}</h2>"
    if found.prose:
        prose = _prose(found.prose)
        yield folded("Read it", prose) if len(found.prose) > _LONG else prose
    if found.findings:
        yield f"<ul>{''.join(_finding(number, each) for each in found.findings)}</ul>"
    for figure in found.figures:
        yield _figure(figure)
    for each in found.tables:
        yield _table(each)


def _prose(text: str) -> Html:
    """Markdown, without what would lead out of the page or fetch something."""
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink", "reference"])
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 2, 6)}"
    return Html(markdown.renderer.render(tokens, markdown.options, {}))


def _finding(number: int, finding: Finding) -> str:
    links = ", ".join(f'<a href="#{_anchor(number, event)}">{escaped(event)}</a>' for event in finding.events)
    cited = f" {grey(Html(f'({links})'))}" if links else ""
    return f"<li>{escaped(finding.text)}{cited}</li>"


def _figure(figure: Figure) -> str:
    picture = as_picture(figure)
    if picture is not None:
        alt = escaped(figure.title).replace('"', "&quot;")
        return f'<h3>{escaped(figure.title)}</h3><p><img alt="{alt}" src="{picture}"></p>'
    data = table_of(figure)
    why = "It cannot be drawn" if can_draw() else f"It is drawn where {LIBRARY} is installed"
    told = f"<p>{grey(f'{why}; these are its data.' if data else f'{why}.')}</p>"
    return f"{_table(data)}{told}" if data else f"<h3>{escaped(figure.title)}</h3>{told}"


def _table(data: Table) -> str:
    rows = (("" if cell is None else cell for cell in row) for row in data.rows)
    return f"<h3>{escaped(data.title)}</h3>{table(data.columns, rows)}"


def _events(number: int, run: Run, cited: dict[EventId, None]) -> str:
    """The events that findings cite, as the journal has them."""
    rows = []
    for event in run.told_events():
        if event.id in cited:
            marked = Html(f'<span id="{_anchor(number, event.id)}">{escaped(event.id)}</span>')
            rows.append((marked, event.step, _who(event), _said(event)))
    return str(table(("event", "step", "who", "what"), rows))


def _anchor(number: int, event: EventId) -> str:
    return f"run-{number}-{escaped(event)}"


def _who(event: Event) -> str:
    to = event.data.get("to")
    addressees = f" → {', '.join(map(str, to))}" if isinstance(to, Sequence) and not isinstance(to, str) else ""
    return f"{event.data.get('source') or event.agent or 'the world'}{addressees}"


def _said(event: Event) -> object:
    told = [event.data.get(key) for key in ("action", "text", "problem", "why")]
    return ": ".join(str(each) for each in told if each)
