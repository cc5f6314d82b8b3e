"""Where the packages lie that an embedder needs, found without importing them."""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from troupe_core.plugin import ConfigError

__all__ = ["folder_of", "needed", "version_of"]


def needed(embedder: str, *modules: str) -> None:
    """Raises `ConfigError` where one of these is not installed: before the run, since no later moment is better."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise ConfigError(
            f"the embedder {embedder} needs {' and '.join(missing)}, not installed here",
            where="[embedder]",
            remedy=f'Install it: pip install "troupe-embeddings[{embedder}]". Or write use = "hashing", which needs '
            "nothing.",
        )


def folder_of(module: str) -> Path | None:
    """The folder of an installed package, or None."""
    found = find_spec(module)
    return None if found is None or found.origin is None else Path(found.origin).parent


def version_of(distribution: str) -> str:
    """The version of an installed distribution."""
    return version(distribution)
