"""How a kit tries a part: made from its settings, opened with a context of the kit's, told a story, closed."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from inspect import cleandoc, getattr_static, getfile
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy, tuples

from troupe_core.contracts.part import Part
from troupe_core.errors import ConfigError, PluginError
from troupe_core.testing.lent.trial_context import TrialContext
from troupe_core.testing.trying.promises import BrokenPromise, promise
from troupe_core.testing.trying.subject import ByFactory, Installed, Subject
from troupe_core.testing.trying.watching import Watch, watching
from troupe_core.version import VERSION

__all__ = ["Trial"]

T = TypeVar("T")


class Trial:
    """What all kits have: what is tried, and how. An author sets the class attributes."""

    kind: ClassVar[str]
    """The kind of component; each kit says it."""

    component: ClassVar[str | None] = None
    """The name of an installed component; ``"distribution:name"`` where two share one."""

    factory: ClassVar[Callable[..., Part] | None] = None
    """In place of `component`: what makes the part, a class or a function, not installed. The type of its first
    parameter is the class of its settings."""

    config: ClassVar[Mapping[str, Any]] = {}
    """Its table in a study, without ``use``. Paths are relative to the file of the test class."""

    capabilities: ClassVar[tuple[str, ...]] = ()
    """What a `factory` declares; a `component` says it itself. Who does not declare ``network`` is tried without it."""

    grants: ClassVar[Collection[str]] = ()
    """The capabilities that the kit's study grants. What needs others is not tried."""

    shrinks: bool = True
    """Whether the smallest example is sought where one fails, which takes some seconds."""

    effort: float = 1.0
    """How many examples are made up, in parts of the usual number: more find more, and take longer."""

    first_version: ClassVar[str] = "0.1"
    """The minor version of Troupe that brought this kit."""

    core_version: ClassVar[str] = VERSION
    """The version of Troupe that runs."""

    sentence: str
    """What is tried now: the docstring of the test."""
    folder: Path
    """A folder of this test."""
    watch: Watch
    """What was reached for since the test began."""

    @pytest.fixture(autouse=True)
    def _in_a_trial(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
        self.begin(request.function, tmp_path)
        with watching(cut_off="network" not in self._declared) as self.watch:
            yield

    def begin(self, test: Callable[..., Any], folder: Path) -> None:
        """Be ready for one test, with a folder of its own."""
        self.sentence = " ".join(cleandoc(test.__doc__ or test.__name__).split())
        self.folder = folder
        self._folders = iter(range(1_000_000))

    # ── What is tried ────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def subject(self) -> Subject:
        """The component, or the factory in its place."""
        if self.component is not None:
            return Installed(self.kind, self.component)
        made_by = getattr_static(type(self), "factory")
        made_by = made_by.__func__ if isinstance(made_by, staticmethod) else made_by
        if made_by is None:
            raise TypeError(
                f'{type(self).__name__} does not say what it tries: set component = "NAME" of an installed component, '
                "or factory = a class that makes the part"
            )
        return ByFactory(self.kind, made_by, tuple(self.capabilities))

    def table(self) -> Mapping[str, Any]:
        """Its table in a study, without ``use``. Override it where settings name files that a test makes first."""
        return self.config

    def make(self) -> Any:
        """A new part, not opened. What hinders it is told by a test of its own, all others are skipped then."""
        try:
            return self.subject.make(self.table(), self.home)
        except (PluginError, ConfigError) as fault:
            pytest.skip(f"it cannot be made, see test_it_is_made_from_its_settings: {fault.what}")

    @property
    def home(self) -> Path:
        """What paths in its table are relative to."""
        return Path(getfile(type(self))).parent

    @cached_property
    def _declared(self) -> tuple[str, ...]:
        with suppress(PluginError):
            return self.subject.capabilities()
        return ()

    # ── Stories ──────────────────────────────────────────────────────────────────────────────────────────────

    def context(self, folder: Path | None = None) -> TrialContext:
        """What the part is lent. Override it to lend something else: a model that answers, no embedder."""
        return TrialContext(folder=self.new_folder() if folder is None else folder, grants=self.grants)

    def new_folder(self) -> Path:
        """An empty folder."""
        folder = self.folder / f"part-{next(self._folders)}"
        folder.mkdir(parents=True)
        return folder

    def tried(self, story: Callable[..., Awaitable[T]], *, context: TrialContext | None = None) -> T:
        """What a story returns that is told to a part which was made and opened for it: ``await story(part)``."""
        lent = self.context() if context is None else context

        async def told() -> T:
            async with self.opened(lent) as part:
                return await story(part)

        return self.explained(lambda: asyncio.run(told()))

    def opened(self, context: TrialContext | None = None) -> "_Opened":
        """``async with self.opened() as part``: a new part, opened, closed at the end."""
        return _Opened(self.make(), self.context() if context is None else context)

    def explained(self, deed: Callable[[], T]) -> T:
        """What the deed returns; an error that no contract speaks of is told with the sentence that is tried."""
        __tracebackhide__ = True
        try:
            return deed()
        except BrokenPromise:
            raise
        except Exception as error:
            seen = f"{type(error).__name__}: {error}"
            change = "let it do what is promised without raising this; its traceback stands above."
            raise BrokenPromise(self.sentence, seen=seen, change=change) from error

    def for_all(self, check: Callable[..., None], *strategies: SearchStrategy[Any], examples: int = 20) -> None:
        """Check what hypothesis makes up: the same examples each time, the smallest that fails is shown."""

        @self.ways(max_examples=max(5, int(examples * self.effort)))
        @given(tuples(*strategies))
        def tried(arguments: tuple[Any, ...]) -> None:
            check(*arguments)

        self.explained(tried)

    def ways(self, **more: Any) -> settings:
        """How hypothesis goes about it in kits: without chance, clock or memory, so that all see the same."""
        phases = (Phase.explicit, Phase.generate, *([Phase.shrink] if self.shrinks else []))
        return settings(
            derandomize=True,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
            phases=phases,
            **more,
        )

    def promise(self, kept: bool, *, seen: str, change: str) -> None:
        """Nothing where the sentence that is tried is kept; else `BrokenPromise`: what was seen, what to change."""
        __tracebackhide__ = True
        promise(kept, self.sentence, seen=seen, change=change)

    async def exercise(self, part: Any) -> None:
        """A short life of an opened part: everything that its contract offers, once. Each kit says it."""

    async def traces(self, part: Any) -> Any:
        """What can be seen of an opened part from outside, to compare. Each kit says it."""
        return None


class _Opened:
    """A part from `open` to `close`. How it closes is tried by a test of its own."""

    def __init__(self, part: Any, context: TrialContext) -> None:
        self._part, self._context = part, context

    async def __aenter__(self) -> Any:
        try:
            await self._part.open(self._context)
        except Exception as fault:
            await self.__aexit__()
            pytest.skip(f"it does not open, see test_it_opens_and_closes: {type(fault).__name__}: {fault}")
        return self._part

    async def __aexit__(self, *_: object) -> None:
        for closing in (self._part.close, self._context.close_built):
            with suppress(Exception):
                await closing()
