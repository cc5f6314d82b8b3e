# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the plugin declares, and what it says of a study in which it is set wrong."""

import json
import subprocess
import sys

import pytest

SMTP = '[tools.email.smtp]\nhost = "mail.test"\nsender = "study@world.test"\n'
GRANTED = 'grants = ["email.send"]\n'


@pytest.fixture(autouse=True)
def _nothing_set(no_password):
    pass


def test_its_entry_module_imports_nothing_heavy():
    heavy = "{'anyascii', 'smtplib', 'ssl', 'email', 'asyncio', 'cattrs'}"
    code = f"import sys, troupe_email.plugin as p; p.troupe_tools(); print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_its_settings_import_nothing_heavy():
    heavy = "{'anyascii', 'smtplib', 'ssl', 'email', 'asyncio', 'cattrs', 'troupe_core.contracts'}"
    code = f"import sys, troupe_email.config; print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_it_is_listed(troupe):
    listed = json.loads(troupe("plugins", "list", "--json").out)

    (email,) = [each for each in listed if each["distribution"] == "troupe-email"]
    assert (email["name"], email["kind"], email["state"]) == ("email", "tool", "active")


def test_every_key_is_described(troupe):
    shown = troupe("plugins", "show", "email").out

    for key in ("domain", "preview", "listed", "mailbox", "max_text", "max_recipients", "mails", "smtp"):
        assert key in shown
    assert "email.send" in shown


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("preview = -1", "[tools.email] preview: expected a whole number ≥ 0, got -1"),
        ("mailbox = 3", "[tools.email] mailbox: expected a whole number ≥ 10, got 3"),
        ('domain = "Troupe Example"', "[tools.email] domain: expected a text that matches [a-z0-9.-]+"),
        (f"{SMTP}port = 70000", "[tools.email] smtp.port: expected a whole number from 1 to 65535, got 70000"),
        (f'{SMTP}securty = "tls"', "[tools.email] smtp.securty: unknown key, did you mean security?"),
        (f'{SMTP}security = "ssl"', '[tools.email] smtp.security: expected one of starttls, tls, none, got "ssl"'),
        (f'{SMTP}only_to = ["zoo.test"]', "only_to"),
        (
            '[tools.email.smtp]\nhost = "mail.test"\nsender = "Study <study@world.test>"',
            "[tools.email] smtp.sender: ",
        ),
        (SMTP.replace("study@", "my..study@"), 'email, smtp, sender: "my..study@world.test" is no mail address'),
        (
            f'{SMTP}security = "none"',
            'email, smtp: security = "none" would send mail and password readable to mail.test\nUse "starttls"',
        ),
        (
            f'{SMTP}ca_file = "nowhere.pem"',
            "nowhere.pem: the certificates cannot be read: No such file or directory",
        ),
        (f'{SMTP}ca_file = "script.toml"', "script.toml: the certificates cannot be read: "),
        (
            f'{GRANTED}{SMTP}user = "study"',
            "the environment variable SMTP_PASSWORD is not set\nIt holds the password of study at mail.test",
        ),
        (f'{GRANTED}{SMTP}user = "study"\npassword_env = "ODD"', "the environment variable ODD holds no password"),
        ('[[tools.email.mails]]\nat = 0\nsender = "x"\nto = ["Ann Lee"]', "sender: expected "),
    ],
)
def test_a_wrong_setting_says_what_is_right(troupe, study, tmp_path, monkeypatch, email, words):
    monkeypatch.setenv("ODD", "pässword")

    printed = troupe("run", study({}, email=email), "--out", tmp_path / "run", "--quiet")

    assert printed.status == 2
    assert words in printed.err
    assert "Traceback" not in printed.err


def test_without_the_grant_no_password_is_needed(play):
    assert play({}, email=f'{SMTP}user = "study"').status == "finished"
