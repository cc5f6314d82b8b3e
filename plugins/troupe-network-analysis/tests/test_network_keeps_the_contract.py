"""The analyzer `network-analysis` keeps what every analyzer promises."""

from troupe_core.testing import AnalyzerConformance


class TestNetworkAnalysis(AnalyzerConformance):
    component = "network-analysis"
