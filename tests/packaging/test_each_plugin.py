"""Each plugin from its folder, in a fresh environment beside the core: it appears, is used, goes, and is missed."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"

STUDIES = {
    "troupe-chroma": '[memory]\nuse = "chroma"\n[embedder]\nuse = "hashing"\n',
    "troupe-conversation": '[environment]\nuse = "focus-group"\nquestions = ["Tea or coffee?"]\ndiscussion = 0\n',
    "troupe-email": '[agent_defaults]\ntools = ["email"]\n',
    "troupe-embeddings": '[embedder]\nuse = "hashing"\n',
    "troupe-knowledge-graph": '[agent_defaults]\ntools = ["knowledge-graph"]\n',
    "troupe-mock-llm": "",
    "troupe-network-analysis": '[[analyzers]]\nuse = "network-analysis"\n',
    "troupe-openai": '[llms.far]\nuse = "openai"\nmodel = "m"\nbase_url = "http://127.0.0.1:9"\ncontext_tokens = 9\n',
    "troupe-vision": '[agent_defaults]\nperception = ["vision"]\n',
    "troupe-web-search": '[tools.search]\nuse = "web-search"\nfolder = "."\n[agent_defaults]\ntools = ["search"]\n',
}
"""A study that uses each; who plays in it is the mock model."""

BESIDE = {"troupe-chroma": ["troupe-embeddings"]}
"""What a plugin is used with."""

HEAD = '[simulation]\nsteps = 1\n[llm]\nuse = "mock"\n'
PEOPLE = '[[agents]]\npersona = { name = "Ann" }\n[[agents]]\npersona = { name = "Bob" }\n'


@pytest.fixture
def environment(wheel: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs commands of a fresh environment with the core in it, offline; ``uv`` changes it."""
    folder, home = tmp_path / "environment", tmp_path / "home"
    home.mkdir()
    subprocess.run([sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, folder], check=True)
    nowhere = "http://127.0.0.1:9"
    inside = {"PATH": str(folder / "bin"), "HOME": str(home), "http_proxy": nowhere, "https_proxy": nowhere}

    def run(command: str, *words: str) -> subprocess.CompletedProcess[str]:
        if command == "uv":
            asked: Sequence[str] = [sys.executable, "-m", "uv", "pip", words[0], "--python", str(folder), *words[1:]]
            return subprocess.run(asked, check=True, capture_output=True, text=True, env=dict(os.environ))
        return subprocess.run(
            [folder / "bin" / command, *words], check=False, cwd=home, env=inside, capture_output=True, text=True
        )

    run("uv", "install", str(wheel))
    return run


def test_there_is_a_study_for_each_plugin():
    assert sorted(STUDIES) == sorted(folder.parent.name for folder in PLUGINS.glob("*/pyproject.toml"))


@pytest.mark.parametrize("plugin", STUDIES)
def test_a_plugin_comes_is_used_goes_and_is_missed(environment, tmp_path, plugin):
    needed = dict.fromkeys([plugin, "troupe-mock-llm", *BESIDE.get(plugin, ())])
    environment("uv", "install", *(str(PLUGINS / name) for name in needed))
    (tmp_path / "home" / "study.toml").write_text(HEAD + STUDIES[plugin] + PEOPLE)
    (tmp_path / "home" / "tea.txt").write_text("Tea is a drink.")

    listed = json.loads(environment("troupe", "plugins", "list", "--json").stdout)
    ran = environment("troupe", "run", "study.toml", "--json", "--out", "run")
    environment("uv", "uninstall", plugin)
    missed = environment("troupe", "run", "study.toml", "--out", "again")

    assert {each["state"] for each in listed if each["distribution"] == plugin} == {"active"}
    told = [line for line in ran.stderr.splitlines() if not line.startswith("troupe: still importing")]
    assert (ran.returncode, told) == (0, [])  # on a machine under load, a library may take long
    assert json.loads(ran.stdout)["status"] == "finished"
    assert missed.returncode == 2
    assert f"troupe plugins install {plugin}" in missed.stderr
    assert "Traceback" not in missed.stderr
