"""The one client of a part: whom it talks to, and with which key."""

import os
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from openai import AsyncAzureOpenAI, AsyncOpenAI, DefaultAsyncHttpxClient

from troupe_core.plugin import AuthFailed, ConfigError
from troupe_openai.config import Config

__all__ = ["address_of", "checked", "client_for", "is_openai", "key_for"]

_OPENAI = "https://api.openai.com/v1"
_NO_KEY = "no-key-needed"
_CARRY_KEYS = ("authorization", "api-key", "x-api-key", "proxy-authorization", "cookie")


def checked(config: Config) -> Config:
    """The settings, if they go together. Raises `ConfigError`."""
    if config.azure_endpoint and config.base_url:
        raise _confused("azure_endpoint and base_url exclude each other", "Keep azure_endpoint for Azure, or base_url.")
    if bool(config.azure_endpoint) != bool(config.api_version):
        raise _confused(
            "azure_endpoint and api_version belong together",
            'Write both: azure_endpoint = "https://NAME.openai.azure.com" and api_version = "2024-10-21".',
        )
    if config.max_tokens is not None and config.max_completion_tokens is not None:
        raise _confused(
            "max_tokens and max_completion_tokens exclude each other",
            "OpenAI's newer models want max_completion_tokens, most other providers max_tokens.",
        )
    if not _is_address(address_of(config)):
        raise _confused(
            f'"{_bare(address_of(config))}" is no web address, or has more in it than an address',
            "Look at base_url or azure_endpoint, or at the environment variable OPENAI_BASE_URL.",
        )
    for name in config.extra_headers:
        if name.lower() in _CARRY_KEYS:
            raise _confused(
                f'extra_headers: "{name}" carries a secret, and a study is kept with its runs',
                "Put the key into an environment variable and name that with key_env.",
            )
    return config


def address_of(config: Config) -> str:
    """What stands before ``/chat/completions``."""
    return config.azure_endpoint or config.base_url or os.environ.get("OPENAI_BASE_URL") or _OPENAI


def is_openai(address: str) -> bool:
    """Whether this is OpenAI itself, in any of its regions."""
    return f".{urlsplit(address).hostname}".endswith(".api.openai.com")


def key_for(config: Config) -> str:
    """The key from the environment; a made-up one for a server on this machine. Raises `AuthFailed`."""
    key = os.environ.get(config.key_env, "").strip()
    if not key and _is_here(address_of(config)):
        return _NO_KEY
    if not key:
        raise AuthFailed(
            f"the environment variable {config.key_env} is not set",
            where=f"openai, {address_of(config)}",
            remedy=f"Put the provider's key into it (export {config.key_env}=…), or name another variable with "
            "key_env; for a server that needs no key, put any word into it.",
        )
    if not key.isascii() or not key.isprintable():
        raise AuthFailed(
            f"what the environment variable {config.key_env} holds is no key: it has characters that no key has",
            where=f"openai, {address_of(config)}",
            remedy="Copy the key again, without what stands around it.",
        )
    return key


def client_for(config: Config, key: str) -> AsyncOpenAI:
    """A client that asks each thing once: trying again is the core's."""
    # A proxy from the environment is for what is outside, not for a server on this machine.
    http = DefaultAsyncHttpxClient(trust_env=False) if _is_here(address_of(config)) else None
    shared: dict[str, Any] = {
        "api_key": key,
        "organization": config.organization,
        "project": config.project,
        "timeout": config.timeout,
        "max_retries": 0,
        "http_client": http,
    }
    if config.azure_endpoint and config.api_version:
        return AsyncAzureOpenAI(azure_endpoint=config.azure_endpoint, api_version=config.api_version, **shared)
    return AsyncOpenAI(base_url=address_of(config), **shared)


def _bare(address: str) -> str:
    """An address without what may be a secret in it."""
    return address.rpartition("@")[2].partition("?")[0]


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        more = parts.username or parts.query or parts.fragment
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not more
    except ValueError:
        return False


def _is_here(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _confused(what: str, remedy: str) -> ConfigError:
    return ConfigError(what, where="openai", remedy=remedy)
