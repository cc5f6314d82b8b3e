"""What a plugin declares: one named thing of one kind, and where its code lies."""

from collections.abc import Iterable

from attrs import field, frozen, validators

from troupe_core.guard.untrusted import plain_text

__all__ = ["Component"]

_DOTTED = r"[A-Za-z_][\w.]*:[A-Za-z_]\w*"


def _in_a_tuple(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


@frozen(kw_only=True)
class Component:
    """One named thing that a plugin offers; the hook that returns it says of which kind it is.

    Nothing is imported until a run needs the component: `factory` and `config` are strings.
    """

    name: str = field(validator=validators.matches_re(r"[a-z][a-z0-9-]*"))
    """What a study writes behind ``use =``: lower case, digits and dashes."""

    summary: str = field(converter=plain_text, validator=validators.min_len(1))
    """One line for ``troupe plugins list``."""

    factory: str = field(validator=validators.matches_re(_DOTTED))
    """``"package.module:Class"``: called with the config, returns the part. It does no I/O."""

    config: str | None = field(default=None, validator=validators.optional(validators.matches_re(_DOTTED)))
    """``"package.config:Class"``, an attrs class; None where there is nothing to set.
    Its module imports attrs and the standard library only."""

    capabilities: tuple[str, ...] = field(default=(), converter=_in_a_tuple)
    """What it may reach outside the simulation: ``network``, ``email.send``, ``files.write``, …

    What an action needs stands here, and a study grants it; a model or a memory behind a service says ``network``.
    """
