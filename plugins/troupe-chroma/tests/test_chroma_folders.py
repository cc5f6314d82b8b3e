# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Folders and servers of the memory `chroma`: what is refused, what survives, what stays apart, what is left behind."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import chromadb
import pytest
from attrs import evolve
from chroma_serving import free_port, looked_into, serving
from chromadb.api.shared_system_client import SharedSystemClient
from troupe_chroma.config import Config
from troupe_chroma.memory import ChromaMemory

from troupe_core.plugin import AgentId, ConfigError, MemoryBackendError
from troupe_core.testing import TrialContext, WordsEmbedder, cue, memory

ANN, BOB = AgentId("Ann"), AgentId("Bob")


class OtherEmbedder(WordsEmbedder):
    fingerprint = "other-2:24"


def told(folder, story=None, *, embedder=None, **settings):
    """What a story returns that is told to an open backend."""

    async def tell():
        backend = ChromaMemory(Config(**settings))
        try:
            await backend.open(TrialContext(folder=folder, embedder=embedder or WordsEmbedder()))
            return None if story is None else await story(backend)
        finally:
            await backend.close()

    return asyncio.run(tell())


async def store_one(backend):
    await backend.store(ANN, [memory("a")])


async def all_of_ann(backend):
    return [each async for each in backend.ids(ANN)]


def refused(folder, **more):
    with pytest.raises(ConfigError) as caught:
        told(folder, **more)
    return str(caught.value)


def change(folder, **changes):
    file = folder / "made-with.json"
    made = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**made, **changes}), encoding="utf-8")


def test_a_study_without_an_embedder_is_told_what_to_add(tmp_path):
    backend = ChromaMemory(Config())

    with pytest.raises(ConfigError) as caught:
        asyncio.run(backend.open(TrialContext(folder=tmp_path, embedder=None)))

    assert "the memory chroma finds memories by vectors, and the study has no embedder" in str(caught.value)
    assert '[embedder] use = "hashing"' in str(caught.value)
    assert "pip install troupe-embeddings" in str(caught.value)


def test_memories_of_another_embedder_are_refused(tmp_path):
    told(tmp_path, store_one)

    words = refused(tmp_path, embedder=OtherEmbedder())

    assert str(tmp_path) in words
    assert "made with the embedder words-1:24 of 24 dimensions, and [embedder] is other-2:24 of 24" in words
    assert "Choose the embedder that they were made with. Or run the study into a new folder" in words


@pytest.mark.parametrize("version", ["0.6.3", "2.0.0", "1.999.0"])
def test_memories_of_another_chroma_are_refused(tmp_path, version):
    told(tmp_path, store_one)
    change(tmp_path, chroma=version)

    words = refused(tmp_path)

    assert f"made with chromadb {version}, and chromadb {chromadb.__version__} is installed" in words
    assert f'pip install "chromadb=={version}"' in words


def test_memories_of_an_older_chroma_of_the_same_kind_are_taken(tmp_path):
    told(tmp_path, store_one)
    change(tmp_path, chroma="1.0.0")

    assert told(tmp_path, all_of_ann) == ["a"]


def test_another_layout_is_refused(tmp_path):
    told(tmp_path, store_one)
    change(tmp_path, layout=7)

    assert "these memories have the layout 7, expected 1" in refused(tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"layout": "one"}', "\x00"])
def test_a_spoilt_note_is_refused(tmp_path, content):
    told(tmp_path, store_one)
    (tmp_path / "made-with.json").write_text(content, encoding="utf-8")

    words = refused(tmp_path)

    assert "made-with.json cannot be read" in words
    assert "Run the study into a new folder, or move this one away" in words


def test_somebody_elses_chroma_folder_is_refused(tmp_path):
    with looked_into(tmp_path) as client:
        client.create_collection("theirs", embedding_function=None)

    assert "these memories were not made by troupe-chroma" in refused(tmp_path)


def test_a_spoilt_store_is_refused(tmp_path):
    told(tmp_path, store_one)
    (tmp_path / "store" / "chroma.sqlite3").write_bytes(b"no database at all" * 100)

    words = refused(tmp_path)

    assert f"chroma, {tmp_path}" in words
    assert "Chroma cannot do this" in words
    assert told_elsewhere(tmp_path) == ["a"]


def told_elsewhere(tmp_path):
    """After a failure the process can open other folders, and keeps nothing of this one."""
    assert SharedSystemClient._identifier_to_system == {}
    other = tmp_path / "other"
    other.mkdir()
    told(other, store_one)
    return told(other, all_of_ann)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"port": 8000}, "port and ssl belong to a server, and no host is named"),
        ({"ssl": True}, "port and ssl belong to a server, and no host is named"),
        ({"host": "http://memories"}, 'host: expected the name of a server, got "http://memories"'),
        ({"host": "me:secret@memories"}, 'host: expected the name of a server, got "memories"'),
    ],
)
def test_settings_that_do_not_go_together_are_refused(settings, words):
    with pytest.raises(ConfigError) as caught:
        ChromaMemory(Config(**settings))

    assert words in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named(tmp_path):
    port = free_port()

    words = refused(tmp_path, host="127.0.0.1", port=port)

    assert f"chroma, 127.0.0.1:{port}" in words
    assert "no answer" in words
    assert "chroma run" in words


@contextmanager
def answering(bytes_):
    """Something on loopback that answers every connection with these, or with nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        connections = []

        def serve():
            try:
                while True:
                    connection, _ = server.accept()
                    connections.append(connection)
                    if bytes_:
                        connection.recv(4096)
                        connection.sendall(bytes_)
                        connection.close()
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in connections:
                connection.close()


def test_a_server_that_says_nothing_is_not_waited_for(tmp_path):
    with answering(b"") as port:
        words = refused(tmp_path, host="127.0.0.1", port=port, timeout=0.2)

    assert "no answer: timed out" in words


def test_a_server_that_is_no_chroma_is_named(tmp_path):
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") as port:
        words = refused(tmp_path, host="127.0.0.1", port=port)

    assert "what answers is no Chroma (status 200)" in words


def test_a_token_comes_from_the_environment_and_goes_to_the_server_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMA_CLIENT_AUTH_PROVIDER", "chromadb.auth.token_authn.TokenAuthClientProvider")
    monkeypatch.setenv("CHROMA_CLIENT_AUTH_CREDENTIALS", "very-secret")
    shown = []

    class Doorkeeper(BaseHTTPRequestHandler):
        def do_GET(self):
            shown.append(self.headers["Authorization"])
            body = b'{"nanosecond heartbeat": 1}' if self.path.endswith("heartbeat") else b'{"error": "Away"}'
            self.send_response(200 if self.path.endswith("heartbeat") else 403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Doorkeeper) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        words = refused(tmp_path, host="127.0.0.1", port=server.server_port)
        server.shutdown()
        thread.join()

    assert shown == [None, "Bearer very-secret"]
    assert "Chroma cannot do this" in words
    assert "very-secret" not in words


def test_the_environment_sends_nobodys_memories_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("CHROMA_SERVER_HOST", "198.51.100.7")
    monkeypatch.setenv("CHROMA_OTEL_COLLECTION_ENDPOINT", "http://198.51.100.7")

    told(tmp_path, store_one)

    assert (tmp_path / "store" / "chroma.sqlite3").is_file()
    assert told(tmp_path, all_of_ann) == ["a"]


def test_a_server_that_goes_away_is_a_fault_and_no_hang(tmp_path):
    port = free_port()

    async def story(backend):
        await backend.store(ANN, [memory("a")])
        process.kill()
        process.wait()
        await backend.store(ANN, [memory("b")])

    (tmp_path / "run").mkdir()
    with serving(tmp_path / "server", port) as process, pytest.raises(MemoryBackendError) as caught:
        told(tmp_path / "run", story, host="localhost", port=port)

    assert f"chroma, localhost:{port}: Chroma cannot do this" in str(caught.value)


def test_runs_on_one_server_do_not_mix(tmp_path, chroma_server):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()

    told(tmp_path / "one", store_one, host="127.0.0.1", port=chroma_server)

    assert told(tmp_path / "other", all_of_ann, host="127.0.0.1", port=chroma_server) == []
    assert told(tmp_path / "one", all_of_ann, host="127.0.0.1", port=chroma_server) == ["a"]


@pytest.mark.parametrize("vector", [None, (1.0,), (float("nan"),) * 24, (float("inf"),) * 24])
def test_a_memory_without_a_fitting_vector_is_a_fault_and_keeps_nothing(tmp_path, vector):
    async def story(backend):
        with pytest.raises(MemoryBackendError) as caught:
            await backend.store(ANN, [memory("fine"), evolve(memory("odd"), vector=vector)])
        return str(caught.value), await all_of_ann(backend)

    words, kept = told(tmp_path, story)
    assert 'the memory "odd" has' in words
    assert kept == []


def test_a_cue_with_another_vector_is_a_fault(tmp_path):
    async def story(backend):
        await backend.store(ANN, [memory("a")])
        await backend.search(ANN, evolve(cue("it rains"), vector=(1.0, 0.0)))

    with pytest.raises(MemoryBackendError, match="dimension"):
        told(tmp_path, story)


def test_a_memory_that_is_not_open_says_so():
    with pytest.raises(MemoryBackendError, match="the memory is not open"):
        asyncio.run(ChromaMemory(Config()).get(ANN, ["a"]))


@pytest.mark.parametrize("server", [False, True])
def test_nothing_is_left_behind_in_the_process(tmp_path, chroma_server, server):
    settings = {"host": "127.0.0.1", "port": chroma_server} if server else {}

    for _ in range(3):
        told(tmp_path, store_one, **settings)

    assert SharedSystemClient._identifier_to_system == {}
    assert SharedSystemClient._identifier_to_refcount == {}


def test_an_opening_that_is_cancelled_leaves_nothing_behind(tmp_path):
    async def story():
        backend = ChromaMemory(Config())
        opening = asyncio.create_task(backend.open(TrialContext(folder=tmp_path)))
        await asyncio.sleep(0)
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        await backend.close()

    asyncio.run(story())

    assert SharedSystemClient._identifier_to_system == {}
    assert SharedSystemClient._identifier_to_refcount == {}


def test_two_runs_at_once_in_one_process_stay_apart(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()

    async def story():
        one, other = ChromaMemory(Config()), ChromaMemory(Config())
        await one.open(TrialContext(folder=tmp_path / "one"))
        await other.open(TrialContext(folder=tmp_path / "other"))
        await asyncio.gather(one.store(ANN, [memory("a")]), other.store(ANN, [memory("b")]))
        await one.close()
        kept = await all_of_ann(other)
        await other.close()
        return kept

    assert asyncio.run(story()) == ["b"]
    assert told(tmp_path / "one", all_of_ann) == ["a"]


def test_a_cancelled_call_does_not_break_closing(tmp_path):
    async def story(backend):
        many = [memory(f"m{n}", f"said {n}") for n in range(2000)]
        storing = asyncio.ensure_future(backend.store(ANN, many))
        await asyncio.sleep(0.01)
        storing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await storing

    told(tmp_path, story)

    assert len(told(tmp_path, all_of_ann)) in {0, 2000}


STORING = """
import asyncio, sys
from pathlib import Path
from troupe_core.plugin import AgentId
from troupe_core.testing import TrialContext, memory
from troupe_chroma.config import Config
from troupe_chroma.memory import ChromaMemory

async def store():
    backend = ChromaMemory(Config())
    await backend.open(TrialContext(folder=Path({folder!r})))
    for n in range(100_000):
        await backend.store(AgentId("Ann"), [memory(f"{{n:06}}", f"said {{n}}")])
        print(n, flush=True)

asyncio.run(store())
"""


def test_what_is_stored_survives_being_killed(tmp_path):
    program = STORING.format(folder=str(tmp_path))

    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) == 120:
                os.kill(process.pid, signal.SIGKILL)
                break
        rest = process.stdout.read().split()
    last = int(rest[-1]) if rest else 120

    async def story(backend):
        kept = await all_of_ann(backend)
        await backend.store(ANN, [memory("000000"), memory("new")])
        return kept, await backend.search(ANN, cue("said 7", 1)), len(await all_of_ann(backend))

    kept, hits, then = told(tmp_path, story)
    assert kept[: last + 1] == [f"{n:06}" for n in range(last + 1)]
    assert len(kept) in {last + 1, last + 2}
    assert len(hits) == 1
    assert then == len(kept) + 1


def test_the_folder_holds_one_collection_for_each_agent(tmp_path):
    async def story(backend):
        for agent in (ANN, BOB, AgentId("Łucja / 安")):
            await backend.store(agent, [memory("a")])

    told(tmp_path, story)

    with looked_into(tmp_path / "store") as client:
        collections = client.list_collections()
    assert sorted(each.metadata["agent"] for each in collections) == ["Ann", "Bob", "Łucja / 安"]


def test_nothing_is_told_to_anybody_and_nothing_is_downloaded(tmp_path):
    program = f"""
import asyncio, sys
from pathlib import Path
sys.path[:0] = {sys.path!r}
called = []
sys.addaudithook(lambda name, arguments: called.append((name, arguments)) if name in
    ("socket.connect", "socket.getaddrinfo", "subprocess.Popen") else None)
from troupe_core.plugin import AgentId
from troupe_core.testing import TrialContext, cue, memory
from troupe_chroma.config import Config
from troupe_chroma.memory import ChromaMemory

async def use():
    backend = ChromaMemory(Config())
    await backend.open(TrialContext(folder=Path({str(tmp_path)!r})))
    await backend.store(AgentId("Ann"), [memory("a")])
    print(len(await backend.search(AgentId("Ann"), cue("it rains"))))
    await backend.close()

asyncio.run(use())
print(called)
"""
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert printed.split("\n")[:2] == ["1", "[]"]


def test_importing_the_plugin_imports_nothing_heavy():
    heavy = ["chromadb", "numpy", "httpx", "pydantic", "asyncio"]
    program = f"""
import sys, troupe_chroma.plugin, troupe_chroma.config
print([module for module in {heavy} if module in sys.modules])
"""

    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert printed.strip() == "[]"


def test_an_embedder_that_lies_about_its_length_is_found_out(tmp_path):
    class Short(WordsEmbedder):
        dimensions = 12

    with pytest.raises(MemoryBackendError, match="a vector of 24 numbers, expected 12 finite ones"):
        told(tmp_path, store_one, embedder=Short())
