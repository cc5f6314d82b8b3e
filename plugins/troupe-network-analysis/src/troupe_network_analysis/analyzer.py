"""The analyzer `network-analysis`."""

from collections.abc import Sequence

from troupe_core.plugin import Analyzer, Findings, RunReader, in_thread
from troupe_network_analysis.config import Config
from troupe_network_analysis.figures import drawn
from troupe_network_analysis.heard import network_of
from troupe_network_analysis.measures import measured
from troupe_network_analysis.telling import findings_on, prose_on, tables_on

__all__ = ["NetworkAnalyzer"]


class NetworkAnalyzer(Analyzer):
    """Reads who said what to whom, and who heard it; each run is a network of its own."""

    def __init__(self, config: Config) -> None:
        self._config = config

    async def analyze(self, runs: Sequence[RunReader]) -> Findings:
        parts = [await in_thread(self._one, run, f": {run.folder.name}" if len(runs) > 1 else "") for run in runs]
        return Findings(
            title="Who speaks to whom",
            prose="\n\n".join(part.prose for part in parts),
            findings=tuple(each for part in parts for each in part.findings),
            tables=tuple(each for part in parts for each in part.tables),
            figures=tuple(each for part in parts for each in part.figures),
        )

    def _one(self, run: RunReader, about: str) -> Findings:
        config = self._config
        network = network_of(run, config.kinds, addressed_only=config.addressed_only)
        measures = measured(network, config.resolution)
        prose = prose_on(network, measures)
        return Findings(
            title="",
            prose=f"**{run.folder.name}** {prose}" if about else prose,
            findings=tuple(findings_on(network, measures)),
            tables=tables_on(network, measures, config.most_pairs, about),
            figures=drawn(network, measures, config.most_drawn, about),
        )
