# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: a real Chroma server."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.register_assert_rewrite("memory.shared_memory_tests")


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory):
    """A server of Chroma's own, as a process; its port."""
    folder = tmp_path_factory.mktemp("chroma-server")
    port = free_port()
    command = Path(sys.executable).with_name("chroma")
    words = [command, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(process, port)
            yield port
        finally:
            process.kill()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(process, port):
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")
