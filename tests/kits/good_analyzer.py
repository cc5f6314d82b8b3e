"""An analyzer that keeps every promise: it counts what people say."""

from troupe_core.plugin import Analyzer, Finding, Findings, Table

__all__ = ["GoodAnalyzer"]


class GoodAnalyzer(Analyzer):
    """How often each person speaks, and what was said last."""

    async def analyze(self, runs):
        return Findings(title="Who spoke", tables=tuple(map(self.table, runs)), findings=tuple(map(self.last, runs)))

    def table(self, run):
        said = dict.fromkeys(run.personas, 0)
        for event in run.events(kind="stimulus"):
            if event.agent is not None:
                said[event.agent] += 1
        return Table(title="Said", columns=("person", "times"), rows=tuple(said.items()))

    def last(self, run):
        ids = [event.id for event in run.events(kind="stimulus")]
        return Finding(text=f"{len(ids)} things were said.", events=tuple(ids[-1:]))
