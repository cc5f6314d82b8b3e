"""A study file that is wrong: each mistake with the words that are printed, and nothing runs."""

import pytest

ANN = '[[agents]]\npersona = { name = "Ann" }\n'
MOCK = '[llm]\nuse = "mock"\nmode = "fixed"\n'
GOOD = MOCK + ANN


@pytest.fixture
def refused(troupe, study, tmp_path):
    """What is printed about a study that cannot be run; without the ``troupe: `` before it."""

    def run(text, *words, **files):
        file = study("", **files)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        printed = troupe("run", "study.toml", *words)
        assert printed.status == 2
        assert printed.out == ""
        assert not (tmp_path / "runs").exists()  # nothing ran
        return printed.err.removeprefix("troupe: ").removesuffix("\n")

    return run


def test_a_missing_file_is_told_with_the_nearest_name(troupe, study):
    study(GOOD)

    printed = troupe("run", "studi.toml")

    assert printed.status == 2
    assert printed.err == "troupe: studi.toml: there is no such file\nDid you mean study.toml?\n"


def test_a_missing_file_with_no_near_name_is_told_without_a_guess(troupe, study):
    study(GOOD)

    assert troupe("run", "interview").err == "troupe: interview: there is no such file\n"


def test_a_missing_folder_is_told_too(troupe, study):
    study(GOOD)

    printed = troupe("run", "panels/tea.toml")

    assert printed.status == 2
    assert printed.err == "troupe: panels/tea.toml: there is no such file\nThere is no folder panels either.\n"


def test_a_folder_is_no_study(troupe, tmp_path):
    printed = troupe("run", tmp_path)

    assert printed.status == 2
    assert printed.err == f"troupe: {tmp_path}: this is a folder, expected a file\n"


def test_a_file_that_would_fill_the_memory_is_not_read(refused):
    assert refused("#" * (16 * 1024 * 1024 + 1)) == "study.toml: the file is larger than 16 MB"


def test_a_file_that_is_not_utf_8_is_told_with_the_byte(refused):
    assert refused('name = "Café"'.encode("latin-1")) == "study.toml: not UTF-8 text (byte 11)"


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("[simulation]\nsteps = = 3\n", "line 2, column 9: not TOML: Invalid value", "steps = = 3"),
        ('[simulation]\nname = "Tea\n', "line 2, column 12: not TOML: Illegal character '\\n'", 'name = "Tea'),
        ("[simulation\n", "line 1, column 12: not TOML: Expected ']' at the end of a table declaration", "[simulation"),
        ("[llm]\nuse = 'a'\nuse = 'b'\n", "line 3, column 10: not TOML: Cannot overwrite a value", "use = 'b'"),
    ],
)
def test_what_is_not_toml_is_told_with_line_and_column(refused, text, place, line):
    assert refused(text) == f"study.toml, {place}\nThe line reads: {line!r}"


def test_what_is_nested_without_end_is_not_toml(refused):
    assert refused(f"x = {'[' * 5000}") == "study.toml: not TOML: nested too deeply"


SETTINGS = {
    "unknown section": (
        "[simulatoin]\nsteps = 3\n",
        "[simulatoin]: unknown section, did you mean simulation?",
    ),
    "unknown section like none": (
        "[weather]\nrain = true\n",
        (
            "[weather]: unknown section, valid here: agent_defaults, agents, analyzers, embedder, environment, "
            "execution, faculties, llm, llms, memory, modalities, plugins, simulation, stimuli, tools"
        ),
    ),
    "key of a section above all sections": (
        "steps = 3\n",
        'the key "steps" stands above all sections, did you mean [simulation] steps?',
    ),
    "key above all sections": (
        'topic = "tea"\n',
        'the key "topic" stands above all sections, write it below the section that it belongs to',
    ),
    "section that is no table": (
        "simulation = 3\n",
        "[simulation]: expected a table with the keys name, steps, seed, start, step, turn_order, got 3",
    ),
    "unknown key": ("[simulation]\nstpes = 3\n", "[simulation] stpes: unknown key, did you mean steps?"),
    "unknown key like none": (
        "[simulation]\nrain = true\n",
        "[simulation] rain: unknown key, valid here: name, seed, start, step, steps, turn_order",
    ),
    "text for a number": (
        '[simulation]\nsteps = "lots"\n',
        '[simulation] steps: expected a whole number, got "lots"',
    ),
    "true for a number": ("[simulation]\nsteps = true\n", "[simulation] steps: expected a whole number, got true"),
    "number for a text": ("[simulation]\nname = 7\n", "[simulation] name: expected a text, got 7"),
    "out of range": ("[simulation]\nsteps = 0\n", "[simulation] steps: expected a whole number ≥ 1, got 0"),
    "out of what a journal can hold": (
        f"[simulation]\nseed = {2**64}\n",
        f"[simulation] seed: expected a whole number of at most 64 bits, got {2**64}",
    ),
    "empty name": ('[simulation]\nname = ""\n', '[simulation] name: expected a text that is not empty, got ""'),
    "no such choice": (
        '[simulation]\nturn_order = "random"\n',
        '[simulation] turn_order: expected one of simultaneous, sequential, got "random"',
    ),
    "date without time": (
        "[simulation]\nstart = 2026-03-02\n",
        "[simulation] start: expected a date and time, got 2026-03-02",
    ),
    "no duration": (
        '[simulation]\nstep = "soon"\n',
        (
            '[simulation] step: expected a duration such as "10min", "1h 30min" or "2d", or a number of seconds, '
            'got "soon"'
        ),
    ),
    "no time passes": (
        "[simulation]\nstep = 0\n",
        '[simulation] step: expected a length of time > 0s, such as "10min", got 0',
    ),
    "in a list": (
        "[[stimuli]]\nat = 1\n[[stimuli]]\nat = -1\n",
        "[[stimuli]] 2, at: expected a whole number ≥ 0, got -1",
    ),
    "missing": ('[[stimuli]]\ntext = "Bang!"\n', "[[stimuli]] 1, at: missing, expected a whole number ≥ 0"),
    "text for a list": (
        '[[stimuli]]\nat = 1\nto = "Ann"\n',
        '[[stimuli]] 1, to: expected a list of texts, got "Ann"',
    ),
    "table for a list": ("[stimuli]\nat = 1\n", '[stimuli]: expected a list of tables, got {"at": 1}'),
    "in a named table": (
        '[llms.cheap]\nuse = "mock"\nbudget = { dolars = 2 }\n',
        "[llms.cheap] budget.dolars: unknown key, did you mean dollars?",
    ),
    "budget below nothing": (
        '[llms.cheap]\nuse = "mock"\nbudget = { dollars = -2 }\n',
        "[llms.cheap] budget.dollars: expected a number ≥ 0.0, got -2",
    ),
    "component without a name": (
        '[environment]\ntopic = "tea"\n',
        "[environment] use: expected the name of a component, got nothing",
    ),
    "component that is no table": (
        'environment = "room"\n',
        '[environment]: expected a table with use = "…", got "room"',
    ),
    "key kept for later, cache": (
        '[environment]\nuse = "room"\ncache = true\n',
        "[environment] cache: expected nothing here (the key cache is kept for a later Troupe), got true",
    ),
    "key kept for later, limits": (
        '[llms.cheap]\nuse = "mock"\nlimits = { calls = 3 }\n',
        '[llms.cheap] limits: expected nothing here (the key limits is kept for a later Troupe), got {"calls": 3}',
    ),
    "long value": (
        f'[simulation]\nsteps = "{"x" * 100}"\n',
        f'[simulation] steps: expected a whole number, got "{"x" * 58}…',
    ),
}


@pytest.mark.parametrize(("text", "words"), SETTINGS.values(), ids=SETTINGS)
def test_a_wrong_setting_is_told_with_its_place_and_what_was_expected(refused, text, words):
    assert refused(text + GOOD) == f"study.toml: {words}"


def test_all_that_is_wrong_is_told_at_once(refused):
    told = refused('[simulation]\nsteps = 0\nname = ""\n[execution]\nconcurency = 4\n' + GOOD)

    assert told.splitlines() == [
        'study.toml: [simulation] name: expected a text that is not empty, got ""',
        "study.toml: [simulation] steps: expected a whole number ≥ 1, got 0",
        "study.toml: [execution] concurency: unknown key, did you mean concurrency?",
    ]


COMPONENTS = {
    "llm, nearly": (
        '[llm]\nuse = "moc"\n' + ANN,
        "[llm]: there is no llm 'moc'; installed: mock, openai\nDid you mean 'mock'?",
    ),
    "llm, unheard of": (
        '[llm]\nuse = "oracle"\n' + ANN,
        "[llm]: there is no llm 'oracle'; installed: mock, openai\nSee what is installed: troupe plugins list",
    ),
    "environment, nearly": (
        '[environment]\nuse = "rom"\n' + GOOD,
        (
            "[environment]: there is no environment 'rom'; installed: alone, room\nDid you mean 'room'?\n"
            "'rooms' is offered by troupe-conversation: troupe plugins install troupe-conversation"
        ),
    ),
    "environment, in the catalogue": (
        '[environment]\nuse = "focus-group"\n' + GOOD,
        (
            "[environment]: there is no environment 'focus-group'; installed: alone, room\n"
            "Install the plugin that offers it: troupe plugins install troupe-conversation"
        ),
    ),
    "memory, another kind": (
        '[memory]\nuse = "transcript"\n' + GOOD,
        (
            "[memory]: there is no memory backend 'transcript'; installed: recent\n"
            "'transcript' is the name of another kind of component: analyzer."
        ),
    ),
    "memory, in the catalogue": (
        '[memory]\nuse = "chroma"\n' + GOOD,
        (
            "[memory]: there is no memory backend 'chroma'; installed: recent\n"
            "Install the plugin that offers it: troupe plugins install troupe-chroma"
        ),
    ),
    "tool, without a table": (
        MOCK + '[[agents]]\ntools = ["email"]\npersona = { name = "Ann" }\n',
        (
            "[tools.email]: there is no tool 'email'; installed: none\n"
            "Install the plugin that offers it: troupe plugins install troupe-email"
        ),
    ),
    "tool, nearly": (
        '[tools.post]\nuse = "emial"\n' + MOCK + '[[agents]]\ntools = ["post"]\npersona = { name = "Ann" }\n',
        (
            "[tools.post]: there is no tool 'emial'; installed: none\n"
            "'email' is offered by troupe-email: troupe plugins install troupe-email"
        ),
    ),
    "analyzer": (
        '[[analyzers]]\nuse = "transcript"\n[[analyzers]]\nuse = "transcipt"\n' + GOOD,
        "[[analyzers]] 2: there is no analyzer 'transcipt'; installed: transcript\nDid you mean 'transcript'?",
    ),
    "population": (
        MOCK + '[[agents]]\npopulation = { use = "census", count = 40 }\n',
        (
            "[[agents]] 1, population: there is no persona source 'census'; installed: none\n"
            "See what is installed: troupe plugins list"
        ),
    ),
    "unknown key of a model": (
        '[llm]\nuse = "mock"\nlatncy = 1\n' + ANN,
        "[llm] latncy: unknown key, did you mean latency?",
    ),
    "wrong value of a model": (
        '[llm]\nuse = "mock"\nmode = "fixd"\n' + ANN,
        '[llm] mode: expected one of improv, scripted, record, replay, fixed, got "fixd"',
    ),
    "unknown key of an environment": (
        '[environment]\nuse = "room"\ntopc = "tea"\n' + GOOD,
        "[environment] topc: unknown key, did you mean topic?",
    ),
}


@pytest.mark.usefixtures("few_plugins")
@pytest.mark.parametrize(("text", "words"), COMPONENTS.values(), ids=COMPONENTS)
def test_an_unknown_component_or_setting_of_one_is_told_with_what_there_is(refused, text, words):
    assert refused(text) == f"study.toml: {words}"


PEOPLE = {
    "no model": (
        ANN,
        (
            "[llm] is missing: no model plays the people\n"
            'Add two lines: [llm] and use = "mock" (from troupe-mock-llm), or another model\'s name.'
        ),
    ),
    "nobody": (MOCK, 'there are no agents\nAdd at least one: [[agents]] and persona = "somebody.toml".'),
    "neither persona nor population": (
        MOCK + '[[agents]]\nname = "Ann"\n',
        "[[agents]] 1: expected either persona or population, got neither",
    ),
    "both persona and population": (
        GOOD + 'population = { use = "census", count = 3 }\n',
        "[[agents]] 1: expected either persona or population, got both",
    ),
    "population of nobody": (
        MOCK + '[[agents]]\npopulation = { use = "census", count = 0 }\n',
        "[[agents]] 1, population.count: expected a whole number ≥ 1, got 0",
    ),
    "population from nowhere": (
        MOCK + "[[agents]]\npopulation = { count = 3 }\n",
        "[[agents]] 1, population.use: expected the name of a component, got nothing",
    ),
    "population that is no table": (
        MOCK + "[[agents]]\npopulation = 40\n",
        '[[agents]] 1, population: expected a table with use = "…" and count, got 40',
    ),
    "two of one name": (
        GOOD + '[[agents]]\npersona = { name = "Bob" }\n[[agents]]\npersona = { name = " Ann " }\n',
        (
            '[[agents]] 3: two agents are called "Ann" (the other is [[agents]] 1)\n'
            'Give one of them another name: name = "…".'
        ),
    ),
    "empty name": (
        GOOD + 'name = ""\n',
        '[[agents]] 1, name: expected a text that is not empty, got ""',
    ),
    "a model that is nearly there": (
        GOOD + 'llm = "cheep"\n[llms.cheap]\nuse = "mock"\n',
        "[[agents]] 1: llm: there is no [llms.cheep]\nDid you mean cheap?",
    ),
    "persona that is a number": (
        MOCK + "[[agents]]\npersona = 7\n",
        "[[agents]] 1, persona: expected a path or a table of values, got 7",
    ),
    "medium that is nearly there": (
        '[[stimuli]]\nat = 1\nmedia = "foto.png"\n' + GOOD,
        "[[stimuli]] 1, media: there is no file foto.png\nDid you mean photo.png?",
    ),
}


@pytest.mark.parametrize(("text", "words"), PEOPLE.values(), ids=PEOPLE)
def test_who_takes_part_has_to_be_clear(refused, text, words):
    assert refused(text, photo__png=b"a picture") == f"study.toml: {words}"


@pytest.mark.parametrize("name", ["../x", "a.b", "", "a b", "/etc"])
def test_a_table_whose_name_could_be_no_folder_is_refused(refused, name):
    said = refused(f'{GOOD}[tools."{name}"]\nuse = "counter"\n')

    assert said == f'study.toml: [tools]: expected a name of letters, digits, dashes and underscores, got "{name}"'
