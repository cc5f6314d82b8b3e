"""The worlds keep what every world promises."""

from troupe_core.testing import EnvironmentConformance


class TestFocusGroup(EnvironmentConformance):
    component = "focus-group"
    config = {"topic": "a new tea", "questions": ["What do you drink in the morning?"]}


class TestInterview(EnvironmentConformance):
    component = "interview"
    config = {"questions": ["What do you drink in the morning?"]}


class TestRooms(EnvironmentConformance):
    component = "rooms"
    config = {"rooms": [{"name": "hall", "doors": ["kitchen"]}, {"name": "kitchen"}]}
