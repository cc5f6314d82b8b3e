"""The environments `focus-group`, `interview` and `rooms` keep what every world promises."""

from troupe_core.testing import EnvironmentConformance

QUESTIONS = ["Tea or coffee?", "With milk?"]
ROOMS = [{"name": "hall", "doors": ["kitchen", "yard"]}, {"name": "kitchen"}, {"name": "yard", "about": "Green."}]


class TestFocusGroup(EnvironmentConformance):
    component = "focus-group"
    config = {"questions": QUESTIONS}  # noqa: RUF012


class TestFocusGroupWithAModerator(EnvironmentConformance):
    component = "focus-group"
    config = {"questions": QUESTIONS, "moderator": "Ann", "speaking": "at once"}  # noqa: RUF012


class TestInterview(EnvironmentConformance):
    component = "interview"
    config = {"questions": QUESTIONS}  # noqa: RUF012


class TestInterviewByOneOfThem(EnvironmentConformance):
    component = "interview"
    config = {"questions": QUESTIONS, "interviewer": "Ann", "follow_ups": 1}  # noqa: RUF012


class TestRooms(EnvironmentConformance):
    component = "rooms"
    config = {"rooms": ROOMS, "people": {"Ann": "kitchen"}}  # noqa: RUF012
    calls = (("talk", {"to": "all", "text": "Hello!"}), ("go", {"room": "hall"}))
