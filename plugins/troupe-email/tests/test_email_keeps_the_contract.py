"""The tool `email` keeps what every tool promises."""

from troupe_core.testing import ToolConformance

CALLS = (
    ("send_mail", {"to": ["Bob Lee"], "subject": "Tea", "text": "Tea at five?"}),
    (),
    ("inbox", {}, "Bob Lee"),
    ("read_mail", {"number": 1}, "Bob Lee"),
    ("reply_mail", {"number": 1, "text": "Yes.", "to_all": True}, "Bob Lee"),
    (),
    ("search_mail", {"words": "tea"}),
)


class TestEmail(ToolConformance):
    component = "email"
    calls = CALLS


class TestEmailFromOutside(ToolConformance):
    component = "email"
    config = {"mails": [{"at": 1, "sender": "shop@example.com", "to": ["Ann"], "text": "Buy!"}]}  # noqa: RUF012
    calls = CALLS
