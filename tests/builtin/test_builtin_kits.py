"""What is built in keeps what every component of its kind promises."""

from troupe_core.testing import AnalyzerConformance, EnvironmentConformance, MemoryBackendConformance


class TestRecent(MemoryBackendConformance):
    component = "recent"


class TestRoom(EnvironmentConformance):
    component = "room"


class TestAlone(EnvironmentConformance):
    component = "alone"


class TestTranscript(AnalyzerConformance):
    component = "transcript"
