"""Wherever plugins are listed by hand, the list names exactly the folders in ``plugins/``."""

from configparser import ConfigParser

from repository.places import CORE, PLUGINS, ROOT, packages, project


def tox(section: str, key: str) -> list[str]:
    """The lines of one setting of tox.ini."""
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "tox.ini", encoding="utf-8")
    return parser.get(section, key).split("\n")[1:]


def short(plugin: str) -> str:
    return plugin.removeprefix("troupe-")


def alone(plugin: str) -> list[str]:
    """What is installed for a plugin alone: before it those of ours that its tests declare."""
    declared = project(plugin)["project"]["optional-dependencies"]["test"]
    beside = sorted({name for each in declared if (name := each.partition("[")[0].partition(">")[0]) in PLUGINS})
    return [
        *(f"{short(plugin)}: -e plugins/{name}" for name in beside if name != plugin),
        f"{short(plugin)}: -e plugins/{plugin}[test]",
    ]


def test_there_are_plugins():
    assert "troupe-mock-llm" in PLUGINS


def test_all_together_means_all():
    assert tox("plugins", "together") == [f"-e plugins/{plugin}[test]" for plugin in PLUGINS]


def test_each_plugin_is_tried_alone():
    section = f"testenv:plugin-{{{','.join(short(plugin) for plugin in PLUGINS)}}}"

    deps = tox(section, "deps")
    commands = tox(section, "commands")

    assert deps == ["-e .", *(line for plugin in PLUGINS for line in alone(plugin))]
    assert commands == [f"{short(plugin)}: pytest plugins/{plugin} {{posargs}}" for plugin in PLUGINS]
    assert [line for line in tox("tox", "env_list") if line.startswith("plugin-")] == [
        f"plugin-{short(plugin)}" for plugin in PLUGINS
    ]


def test_the_types_of_each_plugin_are_checked():
    commands = [line for line in tox("testenv:types", "commands") if "plugins/" in line]

    assert commands == [f"mypy --no-explicit-package-bases plugins/{plugin}" for plugin in PLUGINS]


def test_the_walls_stand_around_each_plugin():
    linter = project()["tool"]["importlinter"]
    contracts = {contract["id"]: contract for contract in linter["contracts"]}

    assert linter["root_packages"] == ["troupe_core", *packages()]
    assert contracts["plugins"]["source_modules"] == packages()
    assert contracts["plugins"]["ignore_imports"] == [f"{name}.** -> troupe_core.plugin" for name in packages()]
    assert contracts["strangers"]["modules"] == packages()


def test_what_declares_components_is_light_everywhere():
    contracts = {contract["id"]: contract for contract in project()["tool"]["importlinter"]["contracts"]}

    light = contracts["light"]["source_modules"]

    declaring = [
        f"{name}.{module}"
        for plugin, name in zip(PLUGINS, packages(), strict=True)
        for module in ("config", "plugin")
        if (ROOT / "plugins" / plugin / "src" / name / f"{module}.py").exists()
    ]
    assert [module for module in light if not module.startswith("troupe_core.")] == declaring
    assert {"troupe_core.builtin.config", "troupe_core.builtin.plugin"} <= set(light)


def test_what_is_built_in_sees_no_room_but_the_plugin_names():
    contracts = {contract["id"]: contract for contract in project()["tool"]["importlinter"]["contracts"]}

    rooms = {
        f"troupe_core.{path.stem}"
        for path in CORE.iterdir()
        if (path.suffix == ".py" and not path.stem.startswith("__")) or (path / "__init__.py").exists()
    }

    assert contracts["builtin"]["forbidden_modules"] == sorted(rooms - {"troupe_core.builtin", "troupe_core.plugin"})
