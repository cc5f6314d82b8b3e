"""The hostile zoo: all the ways for a plugin to be wrong that we know of. One table for each time at which it shows.

Each animal is a plugin ``troupe-beast`` that offers, or means to offer, a component ``beast``. What the parts of toys
do wrong one method at a time is in ``tests/toys/troupe_toys/slips.py``; here stands what is done on purpose.
"""

from collections.abc import Sequence

from attrs import frozen

__all__ = ["AT_LOADING", "AT_MAKING", "IN_A_RUN", "MEDDLERS", "OBSERVERS", "OUT_OF_REACH", "RUDE", "Animal"]

_HOOK = "from troupe_core.plugin import Component, hookimpl\n@hookimpl\n"
_TOOLS = f"{_HOOK}def troupe_tools():\n    "
_BEAST = 'Component(name="beast", summary="Roars.", factory="troupe_beast_part:Beast")'
_OFFERS = f"{_TOOLS}return [{_BEAST}]\n"
_WITH_CONFIG = _OFFERS.replace(':Beast")', ':Beast", config="troupe_beast_part:Config")')

_TOOL = "from troupe_core.plugin import Outcome, Tool, action\nclass Beast(Tool):\n    "
_ROAR = f'{_TOOL}@action\n    async def roar(self, turn, names: list[str]) -> str:\n        """Roar."""\n        '
_CONFIG = "from attrs import field, frozen, validators\nfrom troupe_core.plugin import Tool\n"
_TAKES_IT = "\nclass Beast(Tool):\n    def __init__(self, config): ...\n"

_MUTE = "class Mute(Exception):\n    def __str__(self): raise OSError('no')\n"
_WORDLESS = r"Mute: its words cannot be had \(OSError\)"

OUT_OF_REACH = "os._exit"
"""What ends the process at once, in C: nothing in Python can stand against that. ``docs/explanation`` says so."""


@frozen(kw_only=True)
class Animal:
    """One way to be wrong."""

    name: str
    """For the test's name: what it does."""
    said: str
    """A pattern of what is said of it; ``FILE`` and ``PART`` stand for its two files."""
    module: str | bytes | None = _OFFERS
    part: str | None = None
    target: str = "troupe_beast"
    """Where the entry point leads."""
    requires: str = "troupe-core>=0.1"
    kind: str = "tool"
    meddling: str = ""
    """What it does to what it was lent; it is sound without."""

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


AT_LOADING: Sequence[Animal] = [
    Animal(
        name="fails", module="1 / 0", said=r"cannot be loaded: ZeroDivisionError: division by zero \(FILE, line 1\)"
    ),
    Animal(
        name="lacks a dependency",
        module="\nimport no_such_module_at_all",
        said=r"cannot be loaded: ModuleNotFoundError: No module named 'no_such_module_at_all' \(FILE, line 2\)",
    ),
    Animal(
        name="cannot say what is wrong",
        module=f"{_MUTE}raise Mute()",
        said=rf"cannot be loaded: {_WORDLESS} \(FILE, line 3\)",
    ),
    Animal(name="has a syntax error", module="def :", said=r"cannot be loaded: SyntaxError: .*line 1\)"),
    Animal(
        name="is not UTF-8",
        module="name = 'caf\xe9'\n".encode("latin-1"),
        said=r"cannot be loaded: SyntaxError: .*(unicode error|Non-UTF-8|utf-8).*",
    ),
    Animal(name="leaves", module="raise SystemExit(3)", said=r"cannot be loaded: SystemExit: 3 \(FILE, line 1\)"),
    Animal(
        name="raises no Exception",
        module="class Stop(BaseException): ...\nraise Stop('now')",
        said=r"cannot be loaded: Stop: now \(FILE, line 2\)",
    ),
    Animal(
        name="says it was cancelled",
        module="from asyncio import CancelledError\nraise CancelledError",
        said=r"cannot be loaded: CancelledError \(FILE, line 2\)",
    ),
    Animal(
        name="has no bottom",
        module=f"{_TOOLS}return troupe_tools()",
        said=r"troupe_tools failed: RecursionError: maximum recursion depth exceeded.*",
    ),
    Animal(
        name="cannot be encoded",
        module="'\\udc80'.encode()",
        said=r"cannot be loaded: UnicodeEncodeError: 'utf-8' codec can't encode .*line 1\)",
    ),
    # Entry points to nowhere.
    Animal(
        name="is deleted",
        module=None,
        said="its entry point leads nowhere: there is no module 'troupe_beast'",
    ),
    Animal(
        name="is not in its package",
        target="troupe_beast.deeper",
        said=r".*there is no module 'troupe_beast\.deeper'",
    ),
    Animal(
        name="leads to no attribute",
        target="troupe_beast:missing",
        said="its entry point leads nowhere: 'troupe_beast' has no 'missing'",
    ),
    Animal(
        name="leads to None", target="troupe_beast:__spec__.loader_state", said="its entry point 'beast' names None"
    ),
    Animal(
        name="leads to another's module",
        target="troupe_dice",
        said="its module is the entry point of another plugin, or of the same one twice",
    ),
    Animal(name="leads to no module", target="not a module", said="its entry point names no module: 'not a module'"),
    # What is marked, and how.
    Animal(
        name="does nothing",
        module="",
        said="it attaches to nothing: no function of its module is marked with @hookimpl",
    ),
    Animal(
        name="forgot the mark",
        module="def troupe_tools():\n    return []",
        said="troupe_tools lacks its mark: write @hookimpl above it",
    ),
    Animal(
        name="misspells a hook",
        module=_OFFERS.replace("troupe_tools", "troupe_toolz"),
        said=r"there is no hook 'troupe_toolz', did you mean 'troupe_tools'\?",
    ),
    Animal(
        name="invents a hook",
        module=f"{_HOOK}def qq():\n    return []",
        said=r"there is no hook 'qq'; the hooks are troupe_analyzers, .*",
    ),
    Animal(
        name="takes an unknown argument",
        module=f"{_HOOK}def troupe_step_started(step): ...",
        said=r"hookimpl definition: troupe_step_started\(step\) Argument\(s\) \{'step'\} are declared .*",
    ),
    Animal(
        name="takes an argument where there is none",
        module=f"{_HOOK}def troupe_tools(host):\n    return []",
        said=r"hookimpl definition: troupe_tools\(host\) Argument\(s\) \{'host'\} are declared .*",
    ),
    Animal(
        name="is a wrapper",
        module=f"{_HOOK}def troupe_tools():\n    return (yield)".replace(
            "hookimpl\ndef", "hookimpl(wrapper=True)\ndef"
        ),
        said="troupe_tools is a wrapper; hooks of Troupe are plain functions",
    ),
    Animal(
        name="is async",
        module=f"{_HOOK}async def troupe_run_started():\n    pass",
        said="troupe_run_started is async; hooks of Troupe are plain functions",
    ),
    # What a hook returns.
    Animal(
        name="returns a text",
        module=f"{_TOOLS}return 'dice'",
        said="troupe_tools returned 'dice', expected a list of Components",
    ),
    Animal(
        name="returns a number in a list",
        module=f"{_TOOLS}return [1]",
        said=r"troupe_tools returned \[1\], expected a list of Components",
    ),
    Animal(
        name="returns nothing",
        module=f"{_TOOLS}pass",
        said="troupe_tools returned None, expected a list of Components",
    ),
    Animal(
        name="returns a coroutine",
        module=f"async def later(): ...\n{_TOOLS}return later()",
        said="troupe_tools returned a coroutine, expected a list of Components",
    ),
    Animal(
        name="yields",
        module=f"{_TOOLS}yield {_BEAST}",
        said="troupe_tools returned <generator object .*, expected a list of Components",
    ),
    Animal(
        name="returns what cannot be shown",
        module=f"class X:\n    def __repr__(self): 1 / 0\n{_TOOLS}return X()",
        said="troupe_tools returned something of type X, expected a list of Components",
    ),
    Animal(
        name="returns a long text",
        module=f"{_TOOLS}return 'x' * 1000",
        said="troupe_tools returned 'x{99}…, expected a list of Components",
    ),
    Animal(
        name="returns a million numbers",
        module=f"{_TOOLS}return [7] * 1_000_000",
        said="troupe_tools returned 1,000,000 things, among them 7, expected a list of Components",
    ),
    Animal(
        name="returns a million components",
        module=f"{_TOOLS}return [{_BEAST}] * 1_000_000",
        said="troupe_tools offers 1,000,000 components, at most 1,000 are taken",
    ),
    Animal(
        name="offers a name twice",
        module=f"{_TOOLS}return [{_BEAST}] * 2",
        said=r"troupe_tools offers two components of the name 'beast' \(tool\)",
    ),
    Animal(
        name="offers a name that is none",
        module=_OFFERS.replace('"beast"', '"The Beast"'),
        said=r"troupe_tools failed: ValueError: 'name' must match regex .* \(FILE, line 4\)",
    ),
    Animal(
        name="offers less than a component",
        module=f"{_TOOLS}return [Component(name='beast')]",
        said=r"troupe_tools failed: TypeError: .*missing 2 required keyword-only arguments.* \(FILE, line 4\)",
    ),
    Animal(
        name="fails in a hook",
        module=f"{_TOOLS}raise KeyError('no')",
        said=r"troupe_tools failed: KeyError: 'no' \(FILE, line 4\)",
    ),
    Animal(
        name="leaves in a hook",
        module=f"{_TOOLS}raise SystemExit('bye')",
        said=r"troupe_tools failed: SystemExit: bye \(FILE, line 4\)",
    ),
    Animal(
        name="is half right",
        module=f"{_OFFERS}@hookimpl\ndef troupe_llms():\n    return 3",
        said="troupe_llms returned 3, expected a list of Components",
    ),
]
"""Broken as soon as they are looked at: nothing of them is taken."""


AT_MAKING: Sequence[Animal] = [
    Animal(
        name="part fails",
        part="1 / 0",
        said=r"its factory 'troupe_beast_part:Beast' cannot be imported: ZeroDivisionError: .* \(PART, line 1\)",
    ),
    Animal(
        name="part cannot say what is wrong",
        part=f"{_MUTE}raise Mute()",
        said=rf"its factory .* cannot be imported: {_WORDLESS} \(PART, line 3\)",
    ),
    Animal(name="part leaves", part="raise SystemExit(3)", said=r"its factory .* cannot be imported: SystemExit: 3 .*"),
    Animal(
        name="part lacks a dependency",
        part="import no_such_module_at_all",
        said=r"its factory .* cannot be imported: ModuleNotFoundError: No module named 'no_such_module_at_all' .*",
    ),
    Animal(
        name="part is not there", said=r"its factory .* cannot be imported: ModuleNotFoundError: .*troupe_beast_part'"
    ),
    Animal(
        name="class is not there",
        part="class Boast: ...",
        said=r"its factory 'troupe_beast_part:Beast' leads nowhere: no 'Beast' in .*; there is 'Boast'",
    ),
    Animal(name="is no tool", part="class Beast: ...", said="its factory 'troupe_beast_part:Beast' is not a Tool"),
    Animal(name="cannot be called", part="Beast = 7", said="its factory 'troupe_beast_part:Beast' cannot be called"),
    Animal(
        name="lacks methods",
        module=_OFFERS.replace("troupe_tools", "troupe_environments"),
        part="from troupe_core.plugin import Environment\nclass Beast(Environment): ...",
        kind="environment",
        said="its factory 'troupe_beast_part:Beast' lacks the methods observe",
    ),
    Animal(
        name="makes a coroutine",
        part="async def Beast(): ...",
        said="its factory .* made something of type coroutine, expected a Tool",
    ),
    Animal(
        name="fails in its making",
        part=f"{_TOOL}def __init__(self): 1 / 0",
        said=r"its factory .* failed: ZeroDivisionError: division by zero \(PART, line 3\)",
    ),
    Animal(
        name="raises no Exception in its making",
        part=f"{_TOOL}def __init__(self):\n        class Stop(BaseException): ...\n        raise Stop",
        said=r"its factory .* failed: Stop \(PART, line 5\)",
    ),
    Animal(
        name="takes no settings",
        module=_WITH_CONFIG,
        part=f"{_CONFIG}@frozen\nclass Config:\n    a: int = 1\nclass Beast(Tool):\n    def __init__(self): ...",
        said=r"its factory .* failed: TypeError: .*takes 1 positional argument but 2 were given",
    ),
    # Its settings.
    Animal(
        name="settings are no attrs class",
        module=_WITH_CONFIG,
        part=f"{_CONFIG}class Config: ...{_TAKES_IT}",
        said="its config 'troupe_beast_part:Config' is not an attrs class",
    ),
    Animal(
        name="settings take the core's own keys",
        module=_WITH_CONFIG,
        part=f"{_CONFIG}@frozen\nclass Config:\n    grants: int = 1{_TAKES_IT}",
        said="its config declares grants; the core reserves use, grants, budget, cache, limits",
    ),
    Animal(
        name="settings refuse their default",
        module=_WITH_CONFIG,
        part=f"{_CONFIG}@frozen\nclass Config:\n    a: int = field(default=1, validator=validators.ge(2)){_TAKES_IT}",
        said="its config refuses its own default, a = 1: ValueError: 'a' must be >= 2: 1",
    ),
    Animal(
        name="settings are of no type",
        module=_WITH_CONFIG,
        part=f"{_CONFIG}@frozen\nclass Config:\n    a: 'Nowhere' = 1{_TAKES_IT}",
        said="its config has a type that is not there: name 'Nowhere' is not defined",
    ),
    Animal(
        name="settings leave",
        module=_WITH_CONFIG,
        part=f"{_CONFIG}@frozen\nclass Config:\n    def __attrs_post_init__(self): raise SystemExit(4){_TAKES_IT}",
        said=r"its config cannot be made: SystemExit: 4 \(PART, line 5\)",
    ),
    # Its opening.
    Animal(
        name="fails at opening",
        part=f"{_TOOL}async def open(self, context): 1 / 0",
        said=r"its open failed: ZeroDivisionError: division by zero \(PART, line 3\)",
    ),
    Animal(
        name="leaves at opening",
        part=f"{_TOOL}async def open(self, context): raise SystemExit",
        said=r"its open failed: SystemExit \(PART, line 3\)",
    ),
    Animal(
        name="opens without waiting",
        part=f"{_TOOL}def open(self, context): ...",
        said="its open failed: TypeError: open returned None and cannot be awaited: write async def open",
    ),
    Animal(
        name="begins badly",
        module=_OFFERS.replace("troupe_tools", "troupe_environments"),
        part="from troupe_core.plugin import Environment\nclass Beast(Environment):\n"
        "    def observe(self, view, agent): return ()\n    def begin(self, opening): opening.people.clear()",
        kind="environment",
        said=r"its begin failed: AttributeError: 'tuple' object has no attribute 'clear' \(PART, line 4\)",
    ),
    Animal(
        name="is made for another core",
        part=f"{_TOOL}...",
        requires="troupe-core>=99",
        said=r"troupe-beast 1\.0 is made for troupe-core >=99, this is troupe-core .*",
    ),
]
"""Offered, but of no use: a run that needs one says so before anybody acts."""


IN_A_RUN: Sequence[Animal] = [
    Animal(name="fails", part=f"{_ROAR}1 / 0", said="ZeroDivisionError: division by zero"),
    Animal(name="leaves", part=f"{_ROAR}raise SystemExit(3)", said="SystemExit: 3"),
    Animal(name="cannot say what is wrong", part=f"{_MUTE}{_ROAR}raise Mute()", said=_WORDLESS),
    Animal(
        name="raises no Exception",
        part=f"class Stop(BaseException): ...\n{_ROAR}raise Stop('now')",
        said="Stop: now",
    ),
    Animal(
        name="says it was cancelled",
        part=f"from asyncio import CancelledError\n{_ROAR}raise CancelledError('by nobody')",
        said="CancelledError: by nobody",
    ),
    Animal(
        name="waits for what was cancelled",
        part=f"import asyncio\n{_ROAR}task = asyncio.ensure_future(asyncio.sleep(9))\n        task.cancel()\n"
        "        await task",
        said="CancelledError: ",
    ),
    Animal(name="has no bottom", part=f"{_ROAR}return await self.roar(turn, names)", said="RecursionError: .*"),
    Animal(
        name="takes other arguments",
        part=f"{_TOOL}async def act(self): ...\n    {_ROAR.partition('    ')[2]}return ''",
        said=r"TypeError: .*act\(\) takes 1 positional argument but 3 were given",
    ),
    Animal(
        name="acts without waiting",
        part=f"{_TOOL}def act(self, call, turn): return Outcome()\n    {_ROAR.partition('    ')[2]}return ''",
        said="TypeError: act returned Outcome and cannot be awaited: write async def act",
    ),
    Animal(
        name="returns a number",
        part=f"{_ROAR}return 7",
        said=r"TypeError: \(\"'text' must be .*",
    ),
    Animal(
        name="acts on nothing",
        part=f"{_TOOL}async def act(self, call, turn): ...\n    {_ROAR.partition('    ')[2]}return ''",
        said="TypeError: act returned None, expected Outcome",
    ),
    Animal(
        name="lists its actions later",
        part=f"{_TOOL}async def actions(self, agent): ...",
        said="TypeError: actions returned a coroutine, expected some of ActionSpec: write def actions, without async",
    ),
    Animal(
        name="keeps the turn",
        part=f"{_TOOL}kept = None\n    {_ROAR.partition('    ')[2]}Beast.kept, kept = Beast.kept or turn, Beast.kept\n"
        "        return '' if kept is None else kept.emit('from the past', kind='talk').text",
        said="RuntimeError: the turn of Ann in step 0 is over: a part never keeps a Turn",
    ),
]
"""Tools that break down when they are used: each is named in the journal, and the run goes on."""


OBSERVERS: Sequence[Animal] = [
    Animal(name="fails", module=f"{_HOOK}def troupe_step_started(): 1 / 0", said="ZeroDivisionError: .*FILE, line 3"),
    Animal(
        name="cannot say what is wrong",
        module=f"{_MUTE}{_HOOK}def troupe_step_started(): raise Mute()",
        said=rf"{_WORDLESS} \(FILE, line 5",
    ),
    Animal(
        name="leaves", module=f"{_HOOK}def troupe_step_started(): raise SystemExit", said=r"SystemExit \(FILE, line 3"
    ),
    Animal(
        name="raises no Exception",
        module=f"class Stop(BaseException): ...\n{_HOOK}def troupe_step_started(): raise Stop",
        said=r"Stop \(FILE, line 4",
    ),
    Animal(
        name="says it was cancelled",
        module=f"import asyncio\n{_HOOK}def troupe_step_started(): raise asyncio.CancelledError",
        said=r"CancelledError \(FILE, line 4",
    ),
    Animal(
        name="has no bottom",
        module=f"{_HOOK}def troupe_step_started(): troupe_step_started()",
        said="RecursionError: .*",
    ),
    Animal(
        name="changes what it is told",
        module=f"{_HOOK}def troupe_step_started(started): started.step = 7",
        said="FrozenInstanceError.*",
    ),
]
"""Plugins that watch, and break down over it."""


_FACULTY = "from troupe_core.plugin import Faculty\nclass Beast(Faculty):\n    "

MEDDLERS: Sequence[Animal] = [
    Animal(
        name="sorts its arguments",
        part=f"{_ROAR}MEDDLING\n        return 'Roar!'",
        meddling="names.sort(); names.append('c')",
        said="",
    ),
    Animal(
        name="changes a persona",
        part=f"{_ROAR}MEDDLING\n        return 'Roar!'",
        meddling="turn.persona.facts['pets'].append('beast'); turn.persona.facts['new'] = 1",
        said="",
    ),
    Animal(
        name="empties the percepts",
        module=_OFFERS.replace("troupe_tools", "troupe_faculties"),
        part=f"{_FACULTY}def attend(self, turn, percepts):\n        kept = tuple(percepts)\n        MEDDLING\n"
        "        return kept[:1]",
        kind="faculty",
        meddling="percepts.clear()",
        said="",
    ),
    Animal(
        name="empties the percepts and fails",
        module=_OFFERS.replace("troupe_tools", "troupe_faculties"),
        part=f"{_FACULTY}def attend(self, turn, percepts):\n        MEDDLING\n        raise ValueError('no')",
        kind="faculty",
        meddling="percepts.clear()",
        said="",
    ),
    Animal(
        name="changes the schema that it is asked with",
        module=_OFFERS.replace("troupe_tools", "troupe_llms"),
        part="from troupe_core.plugin import LLM, ChatResponse\nclass Beast(LLM):\n"
        "    async def complete(self, request):\n        MEDDLING\n"
        """        return ChatResponse(text='{"actions": [{"action": "wait"}]}')""",
        kind="llm",
        meddling="request.schema['strict'] = True; request.schema['properties'].clear()",
        said="",
    ),
    Animal(
        name="changes its settings",
        module=_WITH_CONFIG,
        part=f"{_CONFIG}from typing import Any\n@frozen\nclass Config:\n    names: Any = ()\n"
        "class Beast(Tool):\n    def __init__(self, config):\n        MEDDLING",
        kind="tool with settings",
        meddling="config.names['all'].append('beast')",
        said="",
    ),
    Animal(
        name="changes the events that it is told",
        module=f"{_HOOK}def troupe_event_recorded(recorded):\n    MEDDLING",
        meddling="recorded.event.data.clear()",
        said="",
    ),
]
"""Plugins that change what they were handed: the core's own is whole, and the run is the same as without."""


RUDE: Sequence[Animal] = [
    Animal(name="prints", module=f"print('I am here!')\n{_OFFERS}", said=""),
    Animal(name="prints in a hook", module=f"{_TOOLS}print('I am here!')\n    return [{_BEAST}]", said=""),
    Animal(name="takes standard output", module=f"import io, sys\nsys.stdout = io.StringIO()\n{_OFFERS}", said=""),
    Animal(name="seeds the lots", module=f"import random\nrandom.seed(4)\n{_OFFERS}", said=""),
    Animal(name="loads the dice", module=f"import random\nrandom.random = lambda: 0.4\n{_OFFERS}", said=""),
    Animal(
        name="moves away",
        module=f"import os\nos.chdir('/')\n{_OFFERS}",
        said="it changed the working directory while it was imported, which was put back",
    ),
    Animal(
        name="leaves nowhere to look",
        module=f"import sys\ndel sys.path[1:]\n{_OFFERS}",
        said="it changed where modules are found while it was imported, which was put back",
    ),
    Animal(
        name="fears depth",
        module=f"import sys\nsys.setrecursionlimit(400)\n{_OFFERS}",
        said="it changed how deep calls may go while it was imported, which was put back",
    ),
    Animal(
        name="cannot be interrupted",
        module=f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{_OFFERS}",
        said="it changed what Ctrl-C does while it was imported, which was put back",
    ),
    Animal(
        name="silences complaints",
        module=f"import io, sys\nsys.stderr = io.StringIO()\n{_OFFERS}",
        said="it changed standard error while it was imported, which was put back",
    ),
    Animal(
        name="shuts standard output",
        module=f"import os\nos.close(1)\n{_OFFERS}",
        said="it changed where output goes while it was imported, which was put back",
    ),
    Animal(
        name="speaks another language",
        module="import locale\nfor each in ('de_DE.UTF-8', 'C.UTF-8'):\n    try:\n"
        f"        locale.setlocale(locale.LC_ALL, each)\n        break\n    except locale.Error: ...\n{_OFFERS}",
        said="",
    ),
    Animal(
        name="renames the days",
        module="import datetime\nclass Dated(datetime.datetime):\n    def __format__(self, spec): return 'some day'\n"
        f"datetime.datetime = Dated\n{_OFFERS}",
        said="",
    ),
]
"""Plugins that can be used, and do on import what is none of their business."""
