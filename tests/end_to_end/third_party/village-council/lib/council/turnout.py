"""Who voted."""

from collections import Counter
from collections.abc import Sequence

from troupe_core.plugin import Analyzer, Finding, Findings, RunReader, Table


class Turnout(Analyzer):
    """Counts votes in the outcomes of `vote`."""

    async def analyze(self, runs: Sequence[RunReader]) -> Findings:
        rows = []
        findings = []
        for run in runs:
            votes: Counter[str] = Counter()
            for event in run.events(kind="outcome"):
                if event.data.get("action") == "vote" and event.data.get("status", "done") == "done":
                    votes[str(event.agent)] += 1
            rows += [(run.folder.name, name, votes[name]) for name in run.personas]
            absent = [name for name in run.personas if not votes[name]]
            if absent:
                findings.append(Finding(text=f"Did not vote in {run.folder.name}: {', '.join(absent)}."))
        table = Table(title="Votes", columns=("run", "who", "votes"), rows=tuple(rows))
        return Findings(title="Turnout", findings=tuple(findings), tables=(table,))
