"""Toys that break their promises: they return what they must not, or break down."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from typing import Any, Literal

from attrs import evolve

from troupe_core.builtin.config import RecentConfig
from troupe_core.builtin.recent import RecentMemory
from troupe_core.plugin import (
    JSON,
    LLM,
    AgentId,
    Analyzer,
    ChatRequest,
    ChatResponse,
    Context,
    Cue,
    Decision,
    Delivery,
    Embedder,
    Environment,
    Executor,
    Faculty,
    Findings,
    Hit,
    Marks,
    Memory,
    MemoryBackend,
    Message,
    Modality,
    Now,
    Outcome,
    Perceiver,
    Percept,
    Refused,
    Stimulus,
    Tool,
    Turn,
    TurnResult,
    TurnWork,
    Vectors,
    View,
    action,
)
from troupe_toys.config import AskingConfig, SlipConfig

RUBBISH: Mapping[str, Any] = {
    "number": 42,
    "half a character": "half: \ud800",
    "a long text": "word " * 9000,
    "a thing": object(),
}


class _Switch:
    """An effect that works, or breaks off."""

    async def perform(self, key: str, arguments: JSON) -> Any:
        await asyncio.sleep(0)
        if arguments == "break off":
            raise ConnectionError("the line is dead")
        return object() if arguments == "mumble" else key.rpartition("/")[2]

    async def find(self, key: str) -> JSON | None:
        return None


class Sloppy(Tool):
    """A tool that is careless with everything."""

    @action
    def give(self, turn: Turn, what: str) -> Any:
        """Give something."""
        return RUBBISH[what]

    @action
    def sort(self, turn: Turn, names: list[str]) -> str:
        """Sort names."""
        names.sort()
        return ", ".join(names)

    @action
    async def switch(self, turn: Turn, ways: list[str]) -> str:
        """Switch some things at once."""
        return " ".join(map(str, await asyncio.gather(*(turn.perform(_Switch(), way) for way in ways))))

    @action
    def claim(self, turn: Turn) -> Outcome:
        """Claim something."""
        return Outcome(status="splendid")  # type: ignore[arg-type]


class Rubble(Environment):
    """A world of which one method returns rubbish."""

    def __init__(self, config: SlipConfig) -> None:
        self._method = config.method

    def _or_rubbish(self, method: str, value: Any) -> Any:
        if self._method != method:
            return value
        return [42] if method in ("settle", "advance", "observe", "turns", "actions") else 42

    def actions(self, agent: AgentId) -> Any:
        return self._or_rubbish("actions", super().actions(agent))

    def turns(self, step: int, present: Sequence[str]) -> Any:
        return self._or_rubbish("turns", None)

    def scene(self, view: View, agent: str) -> Any:
        return self._or_rubbish("scene", None)

    def observe(self, view: View, agent: str) -> Any:
        if self._method == "half":
            return [Stimulus(text="fine", kind="\ud800")]
        return self._or_rubbish("observe", [])

    @action
    def knock(self, turn: Turn) -> None:
        """Knock on the wall."""

    async def settle(self, view: View, calls: Sequence[Any]) -> Any:
        return self._or_rubbish("settle", await super().settle(view, calls))

    async def advance(self, now: Now) -> Any:
        if self._method == "deliver":
            return [Delivery(Stimulus(text="A stone falls."))] * 30
        return self._or_rubbish("advance", ())

    def finished(self) -> Any:
        return self._or_rubbish("finished", None)

    def snapshot(self, agent: str | None) -> Any:
        return object() if self._method == "snapshot" else None


class Muddle(Faculty):
    """A faculty of which one method returns rubbish, or breaks down."""

    def __init__(self, config: SlipConfig) -> None:
        self._method, self._breaks = config.method, config.breaks

    def _or_rubbish(self, method: str, value: Any) -> Any:
        if self._method == method and self._breaks:
            raise ValueError(f"{method} is muddled")
        return 42 if self._method == method else value

    def attend(self, turn: Turn, percepts: Sequence[Percept]) -> Any:
        return self._or_rubbish("attend", percepts)

    def encode(self, turn: Turn, memory: Memory) -> Any:
        return self._or_rubbish("encode", memory)

    def cue(self, turn: Turn, cue: Cue) -> Any:
        return self._or_rubbish("cue", cue)

    def prompt(self, turn: Turn) -> Any:
        return self._or_rubbish("prompt", None)

    def asks(self, turn: Turn) -> Any:
        return {"actions": {}} if self._method == "actions" else self._or_rubbish("asks", {})

    async def after(self, turn: Turn, told: Mapping[str, JSON], outcomes: Sequence[Outcome]) -> Any:
        return self._or_rubbish("after", [])


class Sieve(MemoryBackend):
    """A memory of which one method breaks down."""

    def __init__(self, config: SlipConfig) -> None:
        self._method = config.method

    async def store(self, agent: str, memories: Sequence[Memory]) -> None:
        if self._method == "store":
            raise OSError("the shelf is full")

    async def search(self, agent: str, cue: Cue) -> Sequence[Hit]:
        if self._method == "search":
            raise OSError("the shelf is gone")
        return []

    async def get(self, agent: str, ids: Collection[str]) -> Sequence[Memory]:
        return []

    async def mark(self, agent: str, marks: Mapping[str, Marks]) -> None:
        """Nothing."""

    async def forget(self, agent: str, ids: Collection[str]) -> None:
        """Nothing."""

    async def ids(self, agent: str) -> AsyncIterator[str]:
        none: list[str] = []
        for each in none:
            yield each


class Liar(Executor):
    """Decides for what was never offered."""

    async def run(self, work: TurnWork) -> TurnResult:
        return TurnResult(attempts=(), decision=Decision(actions=({"action": "fly"},)))


class Idler(Executor):
    """Decides nothing at all."""

    async def run(self, work: TurnWork) -> Any:
        return None


class Squint(Modality):
    """Returns no percept."""

    accepts = ("*/*",)

    async def perceive(self, stimulus: Stimulus, perceiver: Perceiver) -> Any:
        return None


class Blank(Embedder):
    """Has no vectors for anything."""

    fingerprint = "blank"
    dimensions = 2

    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        return Vectors.of([], 2)


class Mute(LLM):
    """Answers nothing, or in half characters."""

    def __init__(self, config: SlipConfig) -> None:
        self._method = config.method

    async def complete(self, request: ChatRequest) -> Any:
        if self._method == "refuse":
            raise Refused("I will not: \ud800")
        return ChatResponse(text="\ud800", model="half \ud800") if self._method == "half" else None


class Speechless(Analyzer):
    """Finds nothing, not even findings."""

    async def analyze(self, runs: Sequence[Any]) -> Any:
        return None


class Asking(Environment):
    """A world that asks the model, where it is told to: several things at once, in each step."""

    def __init__(self, config: AskingConfig) -> None:
        self._where = config.where
        self._context: Context | None = None
        self.answers: list[str] = []

    async def open(self, context: Context) -> None:
        self._context = context

    async def _ask(self) -> Sequence[ChatResponse]:
        assert self._context is not None
        requests = [ChatRequest(messages=(Message("user", f"Question {n}?"),), step=7) for n in range(3)]
        return await asyncio.gather(*(self._context.ask(each, purpose="ask") for each in requests))

    async def advance(self, now: Now) -> Sequence[Any]:
        if self._where == "advance":
            await self._ask()
        return ()

    def observe(self, view: View, agent: str) -> Iterable[Stimulus]:
        return ()

    @action
    async def knock(self, turn: Turn) -> str:
        """Knock on the wall."""
        return f"{len(await self._ask())} voices answer." if self._where == "act" else "It sounds hollow."


class Consult(Faculty):
    """A faculty that asks the model after each turn."""

    async def open(self, context: Context) -> None:
        self._context = context

    async def after(self, turn: Turn, told: Mapping[str, JSON], outcomes: Sequence[Outcome]) -> Sequence[Memory]:
        await self._context.ask(
            ChatRequest(messages=(Message("user", "How was it?"),)), purpose="ask", agent=turn.agent
        )
        return ()


class Report(Analyzer):
    """Asks the model what it makes of a run."""

    async def open(self, context: Context) -> None:
        self._context = context

    async def analyze(self, runs: Sequence[Any]) -> Findings:
        response = await self._context.ask(ChatRequest(messages=(Message("user", "Well?"),)), purpose="ask")
        return Findings(title="Report", prose=response.text)


class Idle(Faculty):
    """Has all that a faculty has by default."""


class Raving(Faculty):
    """Remembers what no journal can hold."""

    def __init__(self, config: SlipConfig) -> None:
        self._method = config.method

    def encode(self, turn: Turn, memory: Memory) -> Memory:
        return evolve(memory, kind="\ud800") if self._method == "encode" else evolve(memory, text=f"{memory.text}\x00!")

    async def after(self, turn: Turn, told: Mapping[str, JSON], outcomes: Sequence[Outcome]) -> Sequence[Memory]:
        kind = "\ud800" if self._method == "after" else "vision"
        return [Memory(id=f"vision:{turn.step}", text="You saw \ud800it.", kind=kind, step=turn.step, at=turn.now)]

    async def close(self) -> None:
        raise OSError("will not go")


class Glass(Environment):
    """A world that looks at all there is to look at, and touches it where it is told to."""

    def __init__(self, config: SlipConfig) -> None:
        self._method = config.method

    def scene(self, view: View, agent: str) -> str:
        return "You are in a \ud800glass house."

    def observe(self, view: View, agent: str) -> Iterable[Stimulus]:
        if self._method == "touch":
            view.set("finger", "print")
        lot = view.shared("lot", lambda: view.random("lot").randint(0, 9**9))
        yield Stimulus(
            text=f"{view.step} {view.since:%H:%M} {view.now:%H:%M} {lot} {view.random('lot').randint(0, 9**9)}"
        )

    @action
    def knock(self, turn: Turn) -> None:
        """Knock on the glass."""


class _Asking:
    """Asks the run's model for everything it does."""

    _context: Context

    async def open(self, context: Context) -> None:
        self._context = context

    async def _ask(self) -> None:
        await self._context.ask(ChatRequest(messages=(Message("user", "What is it?"),)), purpose="ask")


class AskingEye(_Asking, Modality):
    """Asks what is to be seen."""

    accepts = ("*/*",)

    async def perceive(self, stimulus: Stimulus, perceiver: Perceiver) -> Percept:
        await self._ask()
        return Percept(stimulus, "It was said what it is.")


class AskingMemory(_Asking, RecentMemory):
    """Asks what to remember, or what to keep."""

    def __init__(self, config: SlipConfig) -> None:
        super().__init__(RecentConfig())
        self._method = config.method

    async def search(self, agent: AgentId, cue: Cue) -> Sequence[Hit]:
        if self._method == "search":
            await self._ask()
        return await super().search(agent, cue)

    async def store(self, agent: AgentId, memories: Sequence[Memory]) -> None:
        if self._method == "store":
            await self._ask()
        await super().store(agent, memories)


class AskingEmbedder(_Asking, Embedder):
    """Asks where things lie."""

    fingerprint = "asking"
    dimensions = 2

    def __init__(self, config: SlipConfig) -> None:
        self._method = config.method

    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        if self._method == role:
            await self._ask()
        return Vectors.of([[1.0, 0.0] for _ in texts], 2)


class AskingTool(_Asking, Tool):
    """Asks, and does something outside by asking."""

    async def perform(self, key: str, arguments: JSON) -> JSON:
        await self._ask()
        return None

    async def find(self, key: str) -> JSON | None:
        return None

    @action
    async def look(self, turn: Turn) -> None:
        """Look."""
        await self._ask()

    @action
    async def reach(self, turn: Turn) -> None:  # type: ignore[override]
        """Reach out."""
        await turn.perform(self, {})
