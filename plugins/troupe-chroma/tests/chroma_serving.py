# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A real Chroma server as a process, and a look into folders with Chroma's own client."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb

__all__ = ["free_port", "looked_into", "serving"]


@contextmanager
def serving(folder, port):
    """A server of Chroma's own; its process."""
    command = Path(sys.executable).with_name("chroma")
    words = [command, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(process, port)
            yield process
        finally:
            process.kill()


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def looked_into(folder):
    """Chroma's own client of a folder."""
    client: Any = chromadb.PersistentClient(folder)
    with client:
        yield client


def _wait_for(process, port):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")
