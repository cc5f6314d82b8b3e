"""The tables that select a component, as JSON Schema: with the keys of each component that is installed.

``use`` chooses which keys there are. That is said with if and then, so that an error names the one wrong key and not
the whole table; and once more in an `anyOf` that every table satisfies, since there editors look for what to suggest:
Taplo reads no if, Tombi takes the member that fits, and neither looks further where a table has `properties` itself.
Nothing is behind a `$ref`: what stands beside one does not count in draft 7, and editors would lose the descriptions.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from troupe_core.config.documented import settings_of
from troupe_core.config.json_schema import OPEN, Schema, schema_of, schema_of_class
from troupe_core.config.settings import Budget, PartTable
from troupe_core.discovery.blame import in_words
from troupe_core.discovery.found import Found, kind_in_words
from troupe_core.discovery.plugins import Plugins, out_of_range
from troupe_core.errors import PluginError

__all__ = ["ComponentSchemas"]


@frozen(kw_only=True)
class ComponentSchemas:
    """The components that can be used, each with the schema of its own keys."""

    _of_kind: Mapping[str, tuple[tuple[Found, Schema], ...]] = field(alias="of_kind")
    left_out: tuple[str, ...] = ()
    """Which plugins and settings could not be read, and why: one sentence each."""

    @classmethod
    def read(cls, plugins: Plugins) -> "ComponentSchemas":
        """Of these plugins. What cannot be loaded is left out; of what has unreadable settings any key is allowed."""
        left_out = [f"{each.place} is {each.state}: {each.problem}" for each in plugins.installed if _fails(each.state)]
        of_kind: dict[str, list[tuple[Found, Schema]]] = {}
        for found in plugins.components():
            if mismatch := out_of_range(found.plugin):
                left_out.append(f"{found.full_name} cannot be used: {mismatch}")
                continue
            try:
                own = _own_keys(plugins, found)
            except PluginError as error:
                left_out.append(error.what if error.where is None else f"{error.where}: {error.what}")
                own = {"properties": {}, **OPEN}
            of_kind.setdefault(found.kind, []).append((found, own))
        return cls(of_kind={kind: tuple(each) for kind, each in of_kind.items()}, left_out=tuple(left_out))

    def names(self, kind: str) -> list[str]:
        """What a study may write behind ``use``: names that only one component has, then full names."""
        offered = [found for found, _ in self._of_kind.get(kind, ())]
        names = [found.component.name for found in offered]
        return [name for name in names if names.count(name) == 1] + [found.full_name for found in offered]

    def table(self, kind: str, about: str) -> Schema:
        """The table that selects a component of this kind."""
        needed = _needed_by_core(kind)
        offered = [(found, own, self._meant(found)) for found, own in self._of_kind.get(kind, ())]
        any_of_them = _use(kind, [(found, name) for found, _, names in offered for name in names])
        core = {**_reserved(), **needed}
        checks = [
            {"if": {"properties": {"use": {"enum": names}}}, "then": _only(own, core)} for _, own, names in offered
        ]
        hints = [
            {
                "type": "object",
                "title": found.component.name,
                "description": found.component.summary,
                "properties": {"use": {**any_of_them, "enum": names}, **core, **own["properties"]},
                **OPEN,
            }
            for found, own, names in offered
        ]
        return {
            "type": "object",
            "description": about,
            "required": ["use", *needed],
            "dependencies": {"use": {"allOf": [{"properties": {"use": any_of_them, **core}, **OPEN}, *checks]}},
            "anyOf": [*hints, {"type": "object", "properties": {"use": {"type": "string"}}, **OPEN}],
            **OPEN,
        }

    def _meant(self, found: Found) -> list[str]:
        names = self.names(found.kind)
        return [name for name in (found.component.name, found.full_name) if name in names]

    def component(self, found: Found) -> Schema:
        """The table of one component."""
        own = next(own for each, own in self._of_kind.get(found.kind, ()) if each == found)
        needed = _needed_by_core(found.kind)
        use = {"description": "The component.", "enum": [found.component.name, found.full_name]}
        properties = {"use": use, **_reserved(), **needed, **own["properties"]}
        required = ["use", *needed, *own.get("required", ())]
        return {
            "title": f"{found.component.name} ({kind_in_words(found.kind)})",
            "type": "object",
            "description": found.component.summary,
            "properties": properties,
            "required": required,
            "additionalProperties": own["additionalProperties"],
        }


def _needed_by_core(kind: str) -> Schema:
    """What the core wants to know beside the name."""
    count = {"description": "How many people. Expected: a whole number ≥ 1.", "type": "integer", "minimum": 1}
    return {"count": count} if kind == "persona_source" else {}


def _fails(state: str) -> bool:
    return state in ("broken", "incompatible")


def _own_keys(plugins: Plugins, found: Found) -> Schema:
    """Raises `PluginError` where they cannot be read, whatever the class of its settings does."""
    config = plugins.config_class(found)
    if config is None:
        return {"properties": {}, "additionalProperties": False}
    try:
        return schema_of_class(config)
    except Exception as error:
        what = f"the settings of {found.full_name} cannot be described: {in_words(error)}"
        raise PluginError(what, where=found.plugin.place, remedy=found.plugin.remedy) from error


def _use(kind: str, offered: Sequence[tuple[Found, str]]) -> Schema:
    """Which component: editors show what each is for."""
    lines = [f"- `{name}`: {found.component.summary}" for found, name in offered if ":" not in name]
    return {
        "description": "\n".join([f"Which {kind_in_words(kind)} is used. Installed:", "", *(lines or ["- none"])]),
        "enum": [name for _, name in sorted(offered, key=lambda each: ":" in each[1])],
    }


def _reserved() -> Schema:
    """The core's own keys in every table of a component."""
    grants = next(setting for setting in settings_of(PartTable) if setting.key == "grants")
    return {
        "grants": {"description": grants.doc, **schema_of(tuple[str, ...])},
        "budget": schema_of_class(Budget),
    }


def _only(own: Schema, reserved: Schema) -> Schema:
    """What has to hold of the keys of one component; the words stand in the hints."""
    checked = {key: _without_words(value) for key, value in own["properties"].items()}
    known: Any = dict.fromkeys(("use", *reserved), True)
    schema: Schema = {"properties": {**known, **checked}, "additionalProperties": own["additionalProperties"]}
    if "required" in own:
        schema["required"] = own["required"]
    return schema


def _without_words(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key not in ("description", "default")}
