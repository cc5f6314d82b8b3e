"""What the memory `chroma` costs: 100 agents with 1 000 memories each, in the run's folder, beside `recent`.

Each row is a process of its own. A turn's store is one call with four memories, on shelves that are full already; a
query is what an agent recalls in a turn: the 20 best. The vectors are made beforehand by the embedder `hashing`.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from attrs import frozen
from benchmarks.table import print_table

from troupe_core.plugin import AgentId, Cue, Embedder, Memory, MemoryBackend

__all__ = ["main"]

AGENTS, EACH, TURNS, QUERIES = 100, 1000, 200, 1000
NINE = datetime.fromisoformat("2026-03-02T09:00")
TALK = "bakery tram harbour library garden dog sofa mayor bridge coffee rent fox brother cello tomato lift snow"
WORDS = tuple(TALK.split())
ROWS = (("recent", 512, 0), ("chroma", 256, 2000), ("chroma", 512, 2000), ("chroma", 512, 0))


@frozen
class Lent:
    """The little of a context that a memory looks at."""

    folder: Path
    embedder: Embedder


def main() -> None:
    """Measure and print."""
    columns = ("memory", "dimensions", "compared", "stored/s", "ms/turn's store", "of CPU", "ms/query", "p95", "of CPU")
    print_table(
        f"chroma_memory: {AGENTS} agents × {EACH} memories (a process each)",
        (*columns, "RSS MB", "disk MB"),
        [_row(*row) for row in ROWS],
    )


def _row(name: str, dimensions: int, exact_up_to: int) -> tuple[object, ...]:
    words = [sys.executable, "-m", "benchmarks.chroma_memory", name, str(dimensions), str(exact_up_to)]
    printed = subprocess.run(words, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout
    compared = "-" if name == "recent" else "all" if exact_up_to >= EACH else "some"
    return (name, dimensions, compared, *json.loads(printed))


def _backend(name: str, exact_up_to: int) -> MemoryBackend:
    if name == "recent":
        from troupe_core.builtin.config import RecentConfig
        from troupe_core.builtin.recent import RecentMemory

        return RecentMemory(RecentConfig(max_items=EACH))
    from troupe_chroma.config import Config
    from troupe_chroma.memory import ChromaMemory

    return ChromaMemory(Config(exact_up_to=exact_up_to))


async def _measured(name: str, dimensions: int, exact_up_to: int) -> Sequence[object]:
    from troupe_embeddings.config import HashingConfig
    from troupe_embeddings.hashing import HashingEmbedder

    random = Random(1)
    embedder = HashingEmbedder(HashingConfig(dimensions=dimensions))
    texts = [" ".join(random.choices(WORDS, k=12)) for _ in range(5000)]
    rows = list((await embedder.embed(texts, "document")).rows())
    agents = [AgentId(f"agent {number}") for number in range(AGENTS)]

    def memories(prefix: str, count: int) -> list[Memory]:
        chosen = [random.randrange(len(texts)) for _ in range(count)]
        return [
            Memory(id=f"{prefix}{n}", text=texts[at], kind="talk", step=n, at=NINE, vector=rows[at])
            for n, at in enumerate(chosen)
        ]

    with tempfile.TemporaryDirectory() as folder:
        backend = _backend(name, exact_up_to)
        lent: Any = Lent(Path(folder), embedder)
        before = _resident()
        await backend.open(lent)
        started = time.perf_counter()
        for agent in agents:
            await backend.store(agent, memories("m", EACH))
        ingest = AGENTS * EACH / (time.perf_counter() - started)

        turns = [(random.choice(agents), memories(f"turn {n} ", 4)) for n in range(TURNS)]
        stores, store_cpu = await _timed([partial(backend.store, who, new) for who, new in turns])
        asked = [(random.choice(agents), random.randrange(len(texts))) for _ in range(QUERIES)]
        cues = [(who, Cue(text=texts[at], count=20, now=NINE, vector=rows[at])) for who, at in asked]
        queries, query_cpu = await _timed([partial(backend.search, who, cue) for who, cue in cues])
        resident = _resident() - before
        await backend.close()
        disk = _bytes_in(Path(folder))
    return (
        round(ingest),
        median(stores),
        store_cpu,
        median(queries),
        quantiles(queries, n=20)[-1],
        query_cpu,
        round(resident / 1e6),
        round(disk / 1e6),
    )


async def _timed(calls: Sequence[Callable[[], Coroutine[Any, Any, object]]]) -> tuple[list[float], float]:
    """Milliseconds that each took, and of CPU on average."""
    took = []
    cpu = time.process_time()
    for call in calls:
        started = time.perf_counter()
        await call()
        took.append(1000 * (time.perf_counter() - started))
    return took, 1000 * (time.process_time() - cpu) / len(calls)


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _resident() -> int:
    """Bytes of resident memory now."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_measured(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
