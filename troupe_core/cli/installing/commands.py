"""The command that installs or uninstalls, for each way in which Troupe itself was installed."""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from troupe_core.cli.installing.environment import Environment
from troupe_core.cli.installing.receipt import read_receipt
from troupe_core.cli.installing.wanted import Wanted
from troupe_core.discovery.entry_points import CORE
from troupe_core.version import VERSION

__all__ = ["Command", "installing", "uninstalling"]

_KEPT = f"{CORE}=={VERSION}"
"""Beside every plugin: a resolver is not to change Troupe itself to make a plugin fit."""


@frozen(kw_only=True)
class Command:
    """Words to run, and what to add to the environment variables."""

    tool: str
    """How messages call it."""
    words: Sequence[str]
    environ: Mapping[str, str] = field(factory=dict)


def installing(
    environment: Environment, wanted: Sequence[Wanted], present: Mapping[str, str], *, upgrade: bool, editable: bool
) -> list[Command]:
    """Install these. `present` are the versions of those that are there, by normal name. Raises `InputError`."""
    if environment.how == "uv tool":
        return [_uv_tool_install(environment, wanted, upgrade=upgrade, editable=editable)]
    if environment.how == "pipx":
        return _pipx_inject(environment, wanted, present, upgrade=upgrade, editable=editable)
    texts = _texts(wanted, editable=editable)
    if environment.how == "uv":
        again = _again(wanted, upgrade=upgrade)
        words = [environment.uv(), "pip", "install", "--python", environment.python, *again, *texts, _KEPT]
        return [Command(tool="uv", words=words)]
    options = ["--upgrade"] if upgrade else []
    words = [environment.python, "-P", "-m", "pip", "install", *options, *texts, _KEPT]
    return [Command(tool="pip", words=words)]


def uninstalling(environment: Environment, names: Sequence[str]) -> Command:
    """Uninstall these distributions, named normally. Raises `InputError`."""
    if environment.how == "uv tool" and set(names) <= read_receipt(environment.prefix).names():
        return _uv_tool(environment, [], without=names)
    if environment.how == "pipx":
        return Command(
            tool="pipx",
            words=[environment.pipx(), "uninject", environment.prefix.name, *names],
            environ=_pipx_home(environment),
        )
    if environment.how in ("uv", "uv tool"):
        words = [environment.uv(), "pip", "uninstall", "--python", environment.python, *names]
        return Command(tool="uv", words=words)
    return Command(tool="pip", words=[environment.python, "-P", "-m", "pip", "uninstall", "--yes", *names])


def _texts(wanted: Sequence[Wanted], *, editable: bool) -> list[str]:
    return [word for each in wanted for word in (["-e", each.text] if editable else [each.text])]


def _again(wanted: Sequence[Wanted], *, upgrade: bool) -> list[str]:
    """What uv would else take from what it has already: a newer version, a folder that was changed."""
    options: list[str] = []
    for each in wanted:
        if each.distribution is not None and (each.is_path or upgrade):
            options += ["--reinstall-package" if each.is_path else "--upgrade-package", each.distribution]
    return options


def _uv_tool_install(environment: Environment, wanted: Sequence[Wanted], *, upgrade: bool, editable: bool) -> Command:
    words = _again(wanted, upgrade=upgrade)
    for each in wanted:
        words += ["--with-editable" if editable else "--with", each.text]
    return _uv_tool(environment, words, without=[each.distribution for each in wanted if each.distribution])


def _uv_tool(environment: Environment, more: Sequence[str], *, without: Sequence[str]) -> Command:
    """Troupe with all that the receipt lists, but for some, and with what is new."""
    receipt = read_receipt(environment.prefix)
    python = ["--python", receipt.python] if receipt.python else []
    kept = receipt.with_words(without=frozenset(without))
    words = [environment.uv(), "tool", "install", *python, *receipt.options, *receipt.core_words(), *kept, *more]
    environ = {"UV_TOOL_DIR": str(environment.prefix.parent)}
    if receipt.bin is not None:
        environ["UV_TOOL_BIN_DIR"] = str(receipt.bin)
    return Command(tool="uv", words=words, environ=environ)


def _pipx_inject(
    environment: Environment, wanted: Sequence[Wanted], present: Mapping[str, str], *, upgrade: bool, editable: bool
) -> list[Command]:
    """What pipx has injected already it would leave as it is, or install anew with all that it depends on."""
    pipx, name, home = environment.pipx(), environment.prefix.name, _pipx_home(environment)
    known = environment.injected() & set(present)
    again = [each for each in wanted if each.distribution in known]
    new = [each for each in wanted if each.distribution not in known]
    commands: list[Command] = []
    if again:
        options = ["--upgrade"] if upgrade else []
        words = [pipx, "runpip", name, "install", *options, *_texts(again, editable=editable), _KEPT]
        commands.append(Command(tool="pipx", words=words, environ=home))
    if new:
        options = ["--editable"] if editable else []
        # What was put there without pipx is to be known to it from now on.
        options += ["--force"] if any(each.distribution in present for each in new) else []
        words = [pipx, "inject", *options, name, *(each.text for each in new)]
        commands.append(Command(tool="pipx", words=words, environ=home))
    return commands


def _pipx_home(environment: Environment) -> dict[str, str]:
    venvs = environment.prefix.parent
    return {"PIPX_HOME": str(venvs.parent)} if venvs.name == "venvs" else {}
