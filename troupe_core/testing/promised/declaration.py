"""What every component promises before it is opened: how it is found, what it may be told, how it is made."""

from typing import Any

import pytest
from attrs import fields

from troupe_core.config.documented import settings_of
from troupe_core.config.structuring import structured
from troupe_core.discovery.parts import RESERVED_KEYS, contract_of
from troupe_core.errors import ConfigError, PluginError
from troupe_core.quality.fresh_process import imported_by
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.subject import FILE
from troupe_core.testing.trying.trial import Trial
from troupe_core.testing.trying.watching import watching

__all__ = ["DeclarationTests"]

_STRANGE = {"nobody": ["expects", {"this": 1}]}
"""No setting that has a type of its own takes such a value."""


class DeclarationTests(Trial):
    """A component is found without being imported, and its settings say what they are."""

    @added_in("0.1")
    def test_it_is_found_under_its_name(self) -> None:
        """A component is found under the name that a study writes behind ``use =``."""
        try:
            self.subject.capabilities()
        except PluginError as fault:
            self.promise(
                False,
                seen=str(fault),
                change="return the Component from the hook of its kind, in a module that an entry point of the group "
                f'"troupe" names, install the distribution (pip install -e .), and set component to its name; '
                f"the kind that is tried here is {self.kind}.",
            )

    @added_in("0.1")
    def test_discovering_it_imports_nothing_heavy(self) -> None:
        """Importing a plugin's entry module and its settings imports nothing but attrs, pluggy, `troupe_core.plugin`,
        its own package and light modules of the standard library.
        """
        self._skip_unless_found()
        modules = self.subject.modules()
        if not modules:
            pytest.skip("a factory is handed in: there is nothing to discover")
        imported = imported_by(modules)
        own = {module.partition(".")[0] for module in modules} - {"troupe_core"}
        packages = [*own, *(module for module in modules if module.startswith("troupe_core."))]
        heavy = [name for name in imported.heavy(packages) if name not in packages]
        heavy = [name for name in heavy if not any(module.startswith(f"{name}.") for module in packages)]
        self.promise(
            imported.problem is None and not heavy,
            seen=imported.problem or f"{' and '.join(modules)} imported {', '.join(heavy[:12])}",
            change="import it where it is used: inside the module that `factory` names. Entry module and settings are "
            "imported for everybody who calls troupe, whatever they run.",
        )

    @added_in("0.1")
    def test_its_settings_leave_the_cores_keys_alone(self) -> None:
        """Settings are an attrs class without the keys that the core reserves in every table."""
        self._skip_unless_found()
        try:
            self.subject.config_class()
        except PluginError as fault:
            self.promise(
                False,
                seen=fault.what,
                change=f"name an attrs class whose fields have other names than {', '.join(RESERVED_KEYS)}.",
            )

    @added_in("0.1")
    def test_each_setting_has_a_type_and_words(self) -> None:
        """Each setting has a type, and a text under it that says what it is for."""
        shape = self._shape()
        untyped = [each.name for each in fields(shape) if each.init and each.type is None]
        self.promise(
            not untyped,
            seen=f"{shape.__name__} gives no type to {', '.join(untyped)}",
            change="annotate each field: `sides: int = 6`. Types are what errors, editors and `troupe plugins show` "
            "tell people.",
        )
        silent = [setting.key for setting in settings_of(shape) if not setting.doc]
        self.promise(
            not silent,
            seen=f"{shape.__name__} says nothing about {', '.join(silent)}",
            change='write a text under each field: `sides: int = 6` and below it """How many faces the dice has.""".',
        )

    @added_in("0.1")
    def test_a_wrong_table_is_refused_with_place_and_value(self) -> None:
        """A key that there is not, and a value of another type, are refused with the place and the value."""
        shape = self._shape()
        wrong: dict[str, Any] = {"no_such_setting": 1}
        wrong |= {each.alias or each.name: _STRANGE for each in fields(shape) if each.init and _is_narrow(each.type)}
        for key, value in wrong.items():
            told = self._answer_to(shape, {**self.table(), key: value})
            self.promise(
                FILE in told and key in told,
                seen=f"{key} = {value!r} was answered with {told or 'nothing: it was taken'}",
                change="use types that TOML can say: str, int, float, bool, dates, Path, Literal, an Enum, lists, "
                "tables and attrs classes of these; check values with validators of attrs.",
            )

    @added_in("0.1")
    def test_it_is_made_from_its_settings(self) -> None:
        """The factory, called with the settings alone, makes a part of its kind."""
        self._skip_unless_found()
        try:
            self.subject.config_class()
        except PluginError as fault:
            pytest.skip(f"its settings cannot be read, see the tests of those: {fault.what}")
        try:
            part: object = self.subject.make(self.table(), self.home)
        except ConfigError as fault:
            part = f"{fault.what} (the table was {dict(self.table())!r})"
        except Exception as fault:
            part = f"{type(fault).__name__}: {fault}"
        contract = contract_of(self.kind)
        self.promise(
            isinstance(part, contract),
            seen=str(part),
            change=f"let `factory` name a class derived from {contract.__name__} that has all its abstract methods and "
            "takes its settings (nothing, where there are none). Where settings must be given, set `config` in the "
            "test class.",
        )

    @added_in("0.1")
    def test_making_it_does_no_input_or_output(self) -> None:
        """Making a part opens no connection, writes no file and starts no program: `open` does."""
        try:
            self.subject.factory()  # importing it may write what Python keeps of its text
        except PluginError as fault:
            pytest.skip(f"it cannot be made, see test_it_is_made_from_its_settings: {fault.what}")
        self.make()
        table = self.table()
        with watching(cut_off=True) as watch:
            self.subject.make(table, self.home)
        done = [*watch.network, *watch.files, *watch.programs]
        self.promise(
            not done,
            seen=f"making it did {', '.join(done[:5])}",
            change="keep the settings in __init__, and do this in `open`, which is awaited once before the first step.",
        )

    def _skip_unless_found(self) -> None:
        try:
            self.subject.capabilities()
        except PluginError as fault:
            pytest.skip(f"it is not found, see test_it_is_found_under_its_name: {fault.what}")

    def _shape(self) -> type[Any]:
        try:
            shape = self.subject.config_class()
        except PluginError as fault:
            pytest.skip(f"its settings cannot be read, see the tests of those: {fault.what}")
        if shape is None:
            pytest.skip("there is nothing to set")
        return shape

    def _answer_to(self, shape: type[Any], table: dict[str, Any]) -> str:
        try:
            structured(shape, table, file=FILE, place=("component",), folder=self.home)
        except ConfigError as refusal:
            return str(refusal)
        except Exception as fault:
            return f"{type(fault).__name__}: {fault}"
        return ""


def _is_narrow(kind: Any) -> bool:
    """Whether a setting takes only some values: not any JSON, nor a table of anything."""
    text = str(kind)
    return kind is not None and not any(open_to in text for open_to in ("Any", "JSON", "object", "Mapping", "dict"))
