"""The way to Chroma: in the run's folder, or on a server."""
# ruff: noqa: SLF001 - what Chroma does not close has no public name

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import chromadb
import httpx
from chromadb.api import ClientAPI, ServerAPI
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings

from troupe_chroma.config import Config
from troupe_core.plugin import ConfigError, MemoryBackendError, TroupeError

__all__ = ["VERSION", "checked", "client_for", "close", "named", "where"]

T = TypeVar("T")

VERSION = chromadb.__version__
_PORT = 8000
_ENGINE = "chromadb.api.rust.RustBindingsAPI"
_SERVER: Any = ServerAPI


def checked(config: Config) -> Config:
    """The settings, if they go together. Raises `ConfigError`."""
    if config.host is None and (config.port is not None or config.ssl):
        raise ConfigError(
            "port and ssl belong to a server, and no host is named",
            where="[memory]",
            remedy='Write host = "…" too, or leave them out to keep memories in the run\'s folder.',
        )
    if config.host is not None and any(each in config.host for each in "/@?# "):
        raise ConfigError(
            f'host: expected the name of a server, got "{config.host.rpartition("@")[2]}"',
            where="[memory]",
            remedy='Write the name alone: host = "memories.example.org", port = 8000, ssl = true.',
        )
    return config


def where(config: Config, folder: Path) -> str:
    """How errors call the place where memories lie."""
    return f"chroma, {folder}" if config.host is None else f"chroma, {config.host}:{config.port or _PORT}"


def client_for(config: Config, folder: Path) -> ClientAPI:
    """A client that nobody else has, told to tell nobody anything. Raises `ConfigError`."""
    place = where(config, folder)
    try:
        return named(place, _connected, config, folder)
    except MemoryBackendError as fault:
        remedy = (
            "Is the folder one of Chroma's, and may it be written? Run the study into a new one."
            if config.host is None
            else "Is a server there? It is started with: chroma run --path FOLDER --port 8000."
        )
        raise ConfigError(fault.what, where=place, remedy=remedy) from fault


def close(client: Any) -> None:
    """Let go of the client, and of all that Chroma keeps for it in this process."""
    servers = _servers_of(client)
    client.close()
    for server in servers:
        session = getattr(server, "_session", None)
        if session is not None:
            session.close()
    _forget(servers)


def _connected(config: Config, folder: Path) -> ClientAPI:
    if config.host is None:
        return _in_folder(str(folder))
    port = config.port or _PORT
    _greeted(f"{'https' if config.ssl else 'http'}://{config.host}:{port}/api/v2/heartbeat", config.timeout)
    settings = _settings(chroma_server_host=config.host, chroma_server_http_port=port)
    client = chromadb.HttpClient(host=config.host, port=port, ssl=config.ssl, settings=settings)
    for server in _servers_of(client):
        server._session.timeout = config.timeout
    return client


def _in_folder(folder: str) -> ClientAPI:
    try:
        return chromadb.PersistentClient(path=folder, settings=_settings(chroma_api_impl=_ENGINE))
    except BaseException:
        # Chroma's cache keeps what could not even be started, and would give it to whoever tries again.
        if folder not in SharedSystemClient._identifier_to_refcount:
            SharedSystemClient._identifier_to_system.pop(folder, None)
        raise


def _greeted(address: str, timeout: float) -> None:
    """Ask whether Chroma is there, since its client would wait for an answer for ever. Raises `ValueError`."""
    try:
        answer = httpx.get(address, timeout=timeout)
        if "nanosecond heartbeat" in answer.json():
            return
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise ValueError(f"no answer: {str(fault) or type(fault).__name__}") from fault
    except (ValueError, TypeError):
        pass
    raise ValueError(f"what answers is no Chroma (status {answer.status_code})")


def _servers_of(client: Any) -> list[Any]:
    """What the client speaks to a server with: one for its memories, one for its rights."""
    # Chroma neither closes their connections nor limits how long they wait, and there is no other way to them.
    return [system.instance(_SERVER) for system in (client._system, client._admin_client._system)]


def _forget(servers: Sequence[Any]) -> None:
    """Chroma's cache keeps what a client of a server was made with, when the client is long closed."""
    cache = SharedSystemClient._identifier_to_system
    for key, system in list(cache.items()):
        if any(system.instance(_SERVER) is server for server in servers):
            cache.pop(key, None)


def _settings(**more: Any) -> Settings:
    """No telemetry, and nothing from a file ``.env`` that lies where the run is started."""
    silent = {"_env_file": None, "anonymized_telemetry": False, "chroma_otel_collection_endpoint": ""}
    settings: dict[str, Any] = {**silent, **more}
    return Settings(**settings)


def named(place: str, function: Callable[..., T], *arguments: object) -> T:
    """What the function returns. Whatever Chroma raises, a panic of its own engine too, is a `MemoryBackendError`."""
    try:
        return function(*arguments)
    except TroupeError:
        raise
    except BaseException as fault:
        if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
            raise
        raise MemoryBackendError(f"Chroma cannot do this: {str(fault) or type(fault).__name__}", where=place) from fault
