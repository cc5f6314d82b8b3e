"""What is built in keeps what its kind promises, as every plugin does."""

from troupe_core.testing import AnalyzerConformance, EnvironmentConformance, MemoryBackendConformance


class TestRecent(MemoryBackendConformance):
    component = "recent"


class TestRoom(EnvironmentConformance):
    component = "room"
    config = {"place": "a kitchen", "topic": "tea"}
    calls = (
        ("talk", {"to": "Bob Lee", "text": "Good morning!"}),
        ("talk", {"to": "all", "text": "Tea?"}, "Bob Lee"),
        (),
        ("think", {"text": "Tea."}),
    )


class TestAlone(EnvironmentConformance):
    component = "alone"
    people = ("Ann",)


class TestTranscript(AnalyzerConformance):
    component = "transcript"


class TestTranscriptWithThoughts(AnalyzerConformance):
    component = "transcript"
    config = {"thoughts": True}
