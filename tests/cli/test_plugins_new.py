"""What `troupe plugins new` writes, says, asks and refuses; that the code works is tried in tests/packaging."""

import tomllib

import pytest
from installing import new_site

from troupe_core.version import VERSION

KINDS = [
    "memory-backend",
    "tool",
    "environment",
    "modality",
    "analyzer",
    "llm",
    "embedder",
    "faculty",
    "executor",
    "persona-source",
]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty folder to stand in, with a git that knows nobody."""
    for variable in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(variable, str(tmp_path / "nothing"))
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of installed packages."""
    yield from new_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def terminal(monkeypatch):
    """Somebody who types these lines when asked."""

    def types(*lines):
        answers = iter(lines)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))

    return types


def test_it_tells_what_it_wrote_and_what_to_do_next(troupe, home):
    printed = troupe("plugins", "new", "dice", "--kind", "tool")

    assert printed.status == 0
    assert printed.err == ""
    tree, _, advice = printed.out.partition("\nWhat to do next:\n")
    assert tree.splitlines() == [
        "troupe-dice/",
        "  .gitignore",
        "  CHANGELOG.md",
        "  LICENSE",
        "  README.md",
        "  pyproject.toml",
        "  tox.ini",
        "  .github/",
        "    workflows/",
        "      tests.yml",
        "  docs/",
        "    index.md",
        "  src/",
        "    troupe_dice/",
        "      __init__.py",
        "      config.py",
        "      plugin.py",
        "      py.typed",
        "      tool.py",
        "  tests/",
        "    test_conformance.py",
        "    test_study.py",
        "    test_tool.py",
    ]
    for how in ("cd troupe-dice", 'pip install -e ".[test]"', "troupe plugins check dice", "tox run"):
        assert how in advice


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_whole_package_with_no_place_left_open(troupe, home, kind):
    assert troupe("plugins", "new", "first", "--kind", kind.replace("-", "_")).status == 0

    written = [path for path in (home / "troupe-first").rglob("*") if path.is_file()]
    project = tomllib.loads((home / "troupe-first" / "pyproject.toml").read_text())["project"]

    assert not [path for path in written if "%%" in str(path) + path.read_text()]
    assert project["entry-points"]["troupe"] == {"first": "troupe_first.plugin"}
    major, minor, _ = VERSION.split(".")
    assert f"troupe-core>={major}.{minor},<{major}.{int(minor) + 1}" in project["dependencies"]


def test_the_licence_names_the_author(troupe, home):
    troupe("plugins", "new", "dice", "--kind", "tool", "--author", 'Ann "Lee"')

    assert ' Ann "Lee"\n' in (home / "troupe-dice" / "LICENSE").read_text()
    project = tomllib.loads((home / "troupe-dice" / "pyproject.toml").read_text())["project"]
    assert project["authors"] == [{"name": 'Ann "Lee"'}]


def test_without_an_author_it_is_who_git_knows(troupe, home, tmp_path):
    (tmp_path / "nothing").write_text("[user]\nname = Bob Hill\n")
    troupe("plugins", "new", "dice", "--kind", "tool")

    assert " Bob Hill\n" in (home / "troupe-dice" / "LICENSE").read_text()


def test_where_git_knows_nobody_it_is_the_developers(troupe, home):
    troupe("plugins", "new", "dice", "--kind", "tool")

    assert " The dice developers\n" in (home / "troupe-dice" / "LICENSE").read_text()


def test_an_author_without_a_name_is_refused(troupe):
    printed = troupe("plugins", "new", "dice", "--kind", "tool", "--author", " ")

    assert printed.status == 2
    assert printed.err == "troupe: --author: an author has a name\nGive it, or leave --author out.\n"


def test_a_folder_and_a_distribution_of_its_own(troupe, home):
    troupe("plugins", "new", "dice", "--kind", "tool", "--out", "here/mine", "--distribution", "acme-dice")

    project = tomllib.loads((home / "here" / "mine" / "pyproject.toml").read_text())["project"]
    assert project["name"] == "acme-dice"
    assert (home / "here" / "mine" / "src" / "acme_dice" / "tool.py").exists()


@pytest.mark.parametrize(("typed", "name"), [("My Dice", "my-dice"), ("my_dice", "my-dice"), ("troupe-dice", "dice")])
def test_a_name_is_brought_into_shape_and_that_is_said(troupe, home, typed, name):
    printed = troupe("plugins", "new", typed, "--kind", "tool")

    assert printed.err == f"troupe: {typed!r} becomes {name!r}: names are lower-case words with dashes.\n"
    assert (home / f"troupe-{name}").is_dir()


@pytest.mark.parametrize(("name", "cls"), [("persona", "MyPersonaSource"), ("test", "MyTestSource"), ("x", "XSource")])
def test_a_class_is_never_called_as_what_it_imports_or_as_a_test(troupe, home, name, cls):
    troupe("plugins", "new", name, "--kind", "persona-source")

    assert f"class {cls}(PersonaSource):" in (home / f"troupe-{name}/src/troupe_{name}/source.py").read_text()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "3 dice!",
            (
                "'3 dice!' can be no name of a plugin: expected lower-case letters, digits and dashes, a letter first\n"
                "Give another, for example: dice\n"
            ),
        ),
        ("Class", "'class' is a word of Python and can be no name of a plugin\nGive another: my-class\n"),
        ("core", "troupe-core is another distribution's name\nGive another NAME, or --distribution.\n"),
        ("a" * 41, f"'{'a' * 41}' has 41 characters, and a name has at most 40\nGive a shorter one.\n"),
    ],
)
def test_what_can_be_no_name_is_refused(troupe, home, name, words):
    printed = troupe("plugins", "new", name, "--kind", "tool")

    assert (printed.status, printed.err) == (2, f"troupe: {words}")
    assert not list(home.iterdir())


@pytest.mark.parametrize(
    ("distribution", "words"),
    [
        (
            "9 dice",
            (
                "'9 dice' can be no distribution: expected lower-case letters, digits and dashes, a letter first\n"
                "Give another with --distribution, for example: --distribution acme-dice\n"
            ),
        ),
        ("x" * 50, f"{'x' * 50!r} is too long for a distribution\nGive a shorter one with --distribution.\n"),
    ],
)
def test_what_can_be_no_distribution_is_refused(troupe, distribution, words):
    printed = troupe("plugins", "new", "dice", "--kind", "tool", "--distribution", distribution)

    assert (printed.status, printed.err) == (2, f"troupe: {words}")


def test_an_unknown_kind_is_told_with_the_nearest(troupe):
    printed = troupe("plugins", "new", "dice", "--kind", "tools")

    assert printed.status == 2
    assert printed.err == (
        f"troupe: --kind: there is no kind of plugin 'tools'; there are: {', '.join(KINDS)}\nDid you mean tool?\n"
    )


def test_a_folder_that_holds_something_is_left_alone(troupe, home):
    (home / "troupe-dice").mkdir()
    (home / "troupe-dice" / "mine.txt").write_text("mine")

    printed = troupe("plugins", "new", "dice", "--kind", "tool")

    assert printed.status == 2
    assert printed.err == (
        "troupe: troupe-dice: this is there already, and nothing is overwritten\nGive a new folder with --out.\n"
    )
    assert [path.name for path in (home / "troupe-dice").iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_written_is_named(troupe, home):
    (home / "file").write_text("")

    printed = troupe("plugins", "new", "dice", "--kind", "tool", "--out", "file/below")

    assert printed.status == 2
    assert printed.err == ("troupe: file/below: cannot be written: Not a directory\nGive another folder with --out.\n")


def test_a_name_that_another_plugin_has_is_warned_of(troupe, home, site):
    site.install_dice("acme-dice")

    printed = troupe("plugins", "new", "dice", "--kind", "tool")

    assert printed.status == 0
    assert printed.err == (
        "troupe: acme-dice has tool 'dice' already: where both are installed, "
        'a study has to say which one it means: use = "troupe-dice:dice"\n'
    )


def test_a_distribution_that_is_installed_is_warned_of(troupe, home, site):
    site.install_dice("troupe-dice")

    printed = troupe("plugins", "new", "dice", "--kind", "tool", "--out", "mine")

    assert printed.status == 0
    assert printed.err == (
        "troupe: a plugin troupe-dice is installed already: installing this one takes its place. "
        "Give another name with --distribution, for example: --distribution my-dice\n"
    )


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ([], "Give NAME and --kind, for example: troupe plugins new dice --kind tool"),
        (["chess"], "Give --kind, for example: troupe plugins new chess --kind tool"),
        (["--kind", "llm"], "Give NAME, for example: troupe plugins new dice --kind llm"),
    ],
)
def test_in_a_pipe_what_is_missing_is_said(troupe, home, monkeypatch, words, missing):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)

    printed = troupe("plugins", "new", *words)

    assert printed.status == 2
    assert f"Error: {missing}" in printed.err
    assert not list(home.iterdir())


def test_on_a_terminal_it_asks(troupe, home, terminal):
    terminal("persona-source", "village")

    printed = troupe("plugins", "new")

    assert printed.status == 0
    assert "  persona-source  where populations come from\n" in printed.out
    assert (home / "troupe-village" / "src" / "troupe_village" / "source.py").exists()


def test_on_a_terminal_it_asks_again_for_what_can_be_no_answer(troupe, home, terminal):
    terminal("modalty", "modality", "class", "4 ears", "sounds")

    printed = troupe("plugins", "new")

    assert printed.status == 0
    told = printed.out + printed.err
    assert "Error: there is no kind of plugin 'modalty'; there are: memory-backend, tool, " in told
    assert " Did you mean modality?\n" in told
    assert "Error: 'class' is a word of Python and can be no name of a plugin. Give another: my-class\n" in told
    assert "Error: '4 ears' can be no name of a plugin: expected lower-case letters, digits and dashes" in told
    assert (home / "troupe-sounds" / "src" / "troupe_sounds" / "sense.py").exists()


def test_it_explains_itself(troupe):
    assert "Example: troupe plugins new dice --kind tool" in troupe("plugins", "new", "--help").out


def test_it_works_without_git(troupe, home, monkeypatch):
    monkeypatch.setenv("PATH", "")

    troupe("plugins", "new", "dice", "--kind", "tool")

    assert " The dice developers\n" in (home / "troupe-dice" / "LICENSE").read_text()
