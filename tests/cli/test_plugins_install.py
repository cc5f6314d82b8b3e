"""``troupe plugins install``: what a name means, and which tool does it; the tools run in tests/packaging."""

import json
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from troupe_core.cli.installing.commands import installing, uninstalling
from troupe_core.cli.installing.environment import Environment, this_environment
from troupe_core.cli.installing.receipt import read_receipt
from troupe_core.cli.installing.wanted import Wanted, wanted
from troupe_core.errors import InputError
from troupe_core.version import VERSION

RECEIPT = """
[tool]
requirements = [
    {{ name = "troupe-core", extras = ["testing"], specifier = ">=0.1" }},
    {{ name = "troupe-a", specifier = ">=0.3,<1" }},
    {{ name = "Troupe_B", directory = "{folder}/b" }},
    {{ name = "troupe-c", editable = "{folder}/c" }},
    {{ name = "troupe-d", path = "{folder}/d.whl", marker = "python_version > '3'" }},
    {{ name = "troupe-e", git = "https://example.org/e.git?rev=v1" }},
    {{ name = "troupe-f", git = "https://example.org/f.git", branch = "next" }},
    {{ name = "troupe-g", url = "https://example.org/g.whl" }},
]
python = "3.11"
entrypoints = [{{ name = "troupe", install-path = "{folder}/bin/troupe", from = "troupe-core" }}]

[tool.options]
find-links = ["file:///links"]
prerelease = "allow"
no-binary = true
index = [
    {{ url = "https://one.example/simple", default = true }},
    {{ name = "two", url = "https://two.example/simple" }},
]
"""


@pytest.fixture
def uv_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """As ``uv tool install`` leaves it."""
    monkeypatch.setenv("UV", "/bin/uv")
    prefix = tmp_path / "tools" / "troupe-core"
    prefix.mkdir(parents=True)
    (prefix / "uv-receipt.toml").write_text(RECEIPT.format(folder=tmp_path), encoding="utf-8")
    return Environment(prefix=prefix, python=str(prefix / "bin" / "python"), how="uv tool")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("chroma", "troupe-chroma", "chroma is offered by troupe-chroma."),
        ("chroma>=0.3", "troupe-chroma>=0.3", "chroma is offered by troupe-chroma."),
        ("conversation", "troupe-conversation", "conversation is offered by troupe-conversation."),
        ("focus-group", "troupe-conversation", "focus-group is offered by troupe-conversation."),
        ("openai[real]", "troupe-openai[real]", "openai is offered by troupe-openai."),
        ("troupe-chroma", "troupe-chroma", None),
        ("troupe-casino>=1,<2", "troupe-casino>=1,<2", None),
        ("chrome>=0", "chrome>=0", None),
        ("casino @ git+https://example.org/casino", "casino @ git+https://example.org/casino", None),
    ],
)
def test_a_name_means_what_is_known_else_a_distribution(name: str, text: str, said: str | None) -> None:
    found = wanted(name)

    assert (found.text, found.said) == (text, said)


def test_a_folder_or_an_archive_is_named_by_what_it_will_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pyproject.toml").write_text('[project]\nname = "Troupe_Mine"\n')
    (tmp_path / "troupe_x-1.0-py3-none-any.whl").write_bytes(b"")

    assert wanted("./mine") == wanted("mine", editable=True)
    assert wanted("./mine") == Wanted(text=str(tmp_path / "mine"), distribution="troupe-mine", is_path=True)
    assert wanted("troupe_x-1.0-py3-none-any.whl").distribution == "troupe-x"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["chrome"],
            (
                "no plugin 'chrome' is known\nDid you mean 'chroma'? If there is such a distribution, and it is meant: "
                'troupe plugins install "chrome>=0"\n'
            ),
        ),
        (
            ["a b"],
            (
                "expected a plugin, a folder, or a distribution and its versions, got 'a b'\n"
                'For example: troupe plugins install chroma, or "troupe-chroma>=0.3", or ./my-plugin\n'
            ),
        ),
        (
            ["Troupe_Core>=9"],
            f"this is Troupe itself\nTo have it newer: {this_environment().upgrade}\n",
        ),
        (["./away"], "there is no folder './away'\nWhat is on an index has no slash in its name.\n"),
        (
            ["./empty"],
            (
                "the folder './empty' is no package: it has no pyproject.toml\n"
                'A single file needs no installing: [plugins] paths = ["./my_rules.py"]. '
                "A package to start from: troupe plugins new NAME --kind tool\n"
            ),
        ),
        (["-e", "x.whl"], "only a folder can be installed editable, got 'x.whl'\nLeave --editable out.\n"),
    ],
)
def test_what_cannot_be_meant_is_told(
    troupe: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.whl").write_bytes(b"")

    printed = troupe("plugins", "install", *words)

    assert (printed.status, printed.out, printed.err) == (2, "", f"troupe: {said}")


@pytest.mark.parametrize("verb", ["install", "uninstall"])
def test_a_python_of_the_system_is_left_alone(
    troupe: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    (tmp_path / "EXTERNALLY-MANAGED").write_text("[externally-managed]\n")
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))

    printed = troupe("plugins", verb, "troupe-casino")

    assert (printed.status, printed.err) == (
        2,
        (
            f"troupe: {sys.prefix}: this Python belongs to the system, which lets nobody else install into it\n"
            "Give Troupe an environment of its own, and install plugins from there: uv tool install troupe-core, "
            "or pipx install troupe-core, or python -m venv .venv and pip in it.\n"
        ),
    )


def test_what_uv_knows_of_a_tool_is_said_again(uv_tool: Environment, tmp_path: Path) -> None:
    (command,) = installing(uv_tool, [wanted("troupe-new")], {}, upgrade=False, editable=False)

    assert command.environ == {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin")}
    assert " ".join(command.words).replace(str(tmp_path), "…") == (
        "/bin/uv tool install --python 3.11 --find-links file:///links --prerelease allow --no-binary "
        "--default-index https://one.example/simple --index two=https://two.example/simple "
        "troupe-core[testing]>=0.1 --with troupe-a>=0.3,<1 --with Troupe_B @ file://…/b --with-editable …/c "
        "--with troupe-d @ file://…/d.whl ; python_version > '3' --with troupe-e @ git+https://example.org/e.git@v1 "
        "--with troupe-f @ git+https://example.org/f.git@next --with troupe-g @ https://example.org/g.whl "
        "--with troupe-new"
    )


def test_what_is_named_anew_takes_the_place_of_what_the_receipt_says(uv_tool: Environment) -> None:
    (command,) = installing(uv_tool, [wanted("troupe-a>=2")], {"troupe-a": "0.3"}, upgrade=True, editable=False)

    assert [word for word in command.words if "troupe-a" in word] == ["troupe-a", "troupe-a>=2"]
    assert command.words[-4:] == ["--upgrade-package", "troupe-a", "--with", "troupe-a>=2"]


def test_what_the_receipt_lists_is_uninstalled_by_leaving_it_out_and_else_by_name(uv_tool: Environment) -> None:
    listed = uninstalling(uv_tool, ["troupe-b"])
    other = uninstalling(uv_tool, ["troupe-z"])

    assert listed.words[1:3] == ["tool", "install"]
    assert not any("Troupe_B" in word for word in listed.words)
    assert other.words == ["/bin/uv", "pip", "uninstall", "--python", uv_tool.python, "troupe-z"]


@pytest.mark.parametrize("text", ["", "[tool]\n", "[tool\n", '[tool]\nrequirements = [{ name = "other" }]\n'])
def test_a_receipt_that_cannot_be_understood_is_not_guessed_at(uv_tool: Environment, text: str) -> None:
    (uv_tool.prefix / "uv-receipt.toml").write_text(text)

    with pytest.raises(InputError, match="what uv wrote about this environment cannot be understood: ") as error:
        read_receipt(uv_tool.prefix)

    assert error.value.remedy == (
        "Do it by hand: uv tool install troupe-core --with NAME, with every plugin that you want to keep."
    )


def test_pipx_is_told_only_of_what_it_does_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    prefix = tmp_path / "venvs" / "troupe-core"
    prefix.mkdir(parents=True)
    (prefix / "pipx_metadata.json").write_text(json.dumps({"injected_packages": {"Troupe_A": {}}}))
    environment = Environment(prefix=prefix, python="python", how="pipx")
    names = [wanted(name) for name in ("troupe-a", "troupe-b", "troupe-c")]

    again, new = installing(environment, names[:2], {"troupe-a": "1"}, upgrade=True, editable=False)
    (forced,) = installing(environment, names[2:], {"troupe-c": "1"}, upgrade=False, editable=False)

    assert again.words == [
        "/bin/pipx",
        "runpip",
        "troupe-core",
        "install",
        "--upgrade",
        "troupe-a",
        f"troupe-core=={VERSION}",
    ]
    assert new.words == ["/bin/pipx", "inject", "troupe-core", "troupe-b"]
    assert forced.words == ["/bin/pipx", "inject", "--force", "troupe-core", "troupe-c"]
    assert new.environ == {"PIPX_HOME": str(tmp_path)}


@pytest.mark.parametrize(
    ("files", "uv", "how"),
    [
        ({"uv-receipt.toml": "", "pyvenv.cfg": "uv = 0.1"}, True, "uv tool"),
        ({"pipx_metadata.json": "{}"}, True, "pipx"),
        ({"pyvenv.cfg": "home = /x\nuv = 0.13\n"}, True, "uv"),
        ({"pyvenv.cfg": "home = /x\nuv = 0.13\n"}, False, "pip"),
        ({"pyvenv.cfg": "home = /x\n"}, True, "pip"),
        ({}, True, "pip"),
    ],
)
def test_who_looks_after_an_environment_is_seen_by_what_it_left_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], uv: bool, how: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: object())

    assert this_environment({"UV": "/bin/uv"} if uv else {}).how == how


def test_where_there_is_no_pip_it_must_be_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    assert this_environment({}).how == "uv"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("uv", "uv is not found, and this environment is in its care\nPut uv on the PATH; or put pip into the environ"),
        ("pipx", "pipx is not found, and it installed Troupe\nPut pipx on the PATH."),
    ],
)
def test_a_tool_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Any, words: str
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("UV", raising=False)
    environment = Environment(prefix=tmp_path, python=str(tmp_path / "python"), how=how)

    with pytest.raises(InputError) as error:
        installing(environment, [wanted("troupe-x")], {}, upgrade=False, editable=False)

    assert str(error.value).startswith(f"{tmp_path}: {words}")
