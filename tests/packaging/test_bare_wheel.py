"""``pip install troupe-core`` and nothing else: what a newcomer has then."""

import json
from zipfile import ZipFile


def test_the_wheel_holds_the_package_its_data_and_its_licence_and_no_tests(wheel):
    names = ZipFile(wheel).namelist()

    assert "troupe_core/py.typed" in names
    assert "troupe_core/discovery/catalogue.toml" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"troupe_core"}


def test_the_package_and_every_name_for_plugin_authors_can_be_imported(bare):
    program = "import troupe_core, troupe_core.plugin as p; print(all(getattr(p, name) for name in p.__all__))"

    ran = bare("python", "-W", "error", "-c", program)

    assert (ran.stdout, ran.stderr) == ("True\n", "")


def test_help_names_the_verbs(bare):
    ran = bare("troupe", "--help")

    assert ran.returncode == 0
    assert "run " in ran.stdout
    assert "plugins " in ran.stdout


def test_the_listing_shows_what_is_built_in_and_nothing_else(bare):
    ran = bare("troupe", "plugins", "list", "--json")

    listed = json.loads(ran.stdout)
    assert {each["distribution"] for each in listed} == {"troupe-core"}
    assert {"recent", "room", "transcript"} <= {each["name"] for each in listed}


def test_a_run_without_a_model_says_what_to_install(bare):
    made = bare("troupe", "init", "first")
    assert made.returncode == 0, made.stderr

    ran = bare("troupe", "run", "first/study.toml")

    assert ran.returncode == 2
    assert "mock" in ran.stderr
    assert "plugins install troupe-mock-llm" in ran.stderr
    assert "Traceback" not in ran.stderr
