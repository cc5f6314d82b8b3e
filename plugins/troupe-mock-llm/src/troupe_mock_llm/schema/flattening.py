"""A schema without references and combinations: those are followed, and one branch is chosen."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from troupe_mock_llm.schema.chooser import Chooser
from troupe_mock_llm.schema.impossible import Impossible
from troupe_mock_llm.schema.merging import Schema, merged, same

__all__ = ["Flattening"]

_COMBINED = ("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if")
_DEEPEST = 24
_ENDLESS = 1_000


class Flattening:
    """Knows the whole schema, for references into it."""

    def __init__(self, root: Schema | bool) -> None:
        self._root = root
        self._heights: dict[int, tuple[Any, int]] = {}

    def flat(self, schema: Schema | bool, chooser: Chooser, wish: object, *, shallow: bool, depth: int = 0) -> Schema:
        """Keywords about the value itself. `shallow`: take the branches that end soonest. Raises `Impossible`."""
        if isinstance(schema, bool):
            if schema:
                return {}
            raise Impossible("nothing fits false")
        if depth > _DEEPEST:
            raise Impossible("the references have no end")
        if not any(key in schema for key in _COMBINED):
            return schema
        own: Schema | bool = {key: value for key, value in schema.items() if key not in _COMBINED}

        def add(part: Schema | bool) -> None:
            nonlocal own
            own = merged(own, self.flat(part, chooser, wish, shallow=shallow, depth=depth + 1))

        for key in ("$ref", "$dynamicRef"):
            if key in schema:
                add(self.target(schema[key]))
        for part in schema.get("allOf", ()):
            add(part)
        for key in ("anyOf", "oneOf"):
            if key in schema:
                own = self._branch(schema[key], own, chooser, wish, shallow, depth)
        if "if" in schema:
            own = self._branch(_conditions(schema), own, chooser, wish, shallow, depth)
        if isinstance(own, bool):
            raise Impossible("its parts contradict each other")
        return self.flat(own, chooser, wish, shallow=shallow, depth=depth + 1) if "allOf" in own else own

    def target(self, reference: str) -> Schema | bool:
        """What a reference within the schema points at. Raises `Impossible` for all others."""
        where, _, pointer = reference.partition("#")
        root: Any = self._root
        if where and not (isinstance(root, dict) and root.get("$id") == where):
            raise Impossible(f"{reference} is outside the schema")
        if pointer and not pointer.startswith("/"):
            return self._anchored(root, pointer)
        for step in pointer.split("/")[1:]:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            try:
                root = root[int(name)] if isinstance(root, list) else root[name]
            except (LookupError, TypeError, ValueError) as error:
                raise Impossible(f"{reference} leads nowhere") from error
        found: Schema | bool = root
        return found

    def height(self, schema: Any, open_references: tuple[str, ...] = ()) -> int:
        """How many levels a value of this schema has at least; huge where it has no end."""
        if not isinstance(schema, dict):
            return 0 if schema is not False else _ENDLESS
        known = self._heights.get(id(schema))
        if known is not None and known[0] is schema and not open_references:
            return known[1]
        height = self._height(schema, open_references)
        if not open_references:
            self._heights[id(schema)] = (schema, height)
        return height

    def _height(self, schema: dict[str, Any], open_references: tuple[str, ...]) -> int:
        if "const" in schema or "enum" in schema:
            return 0
        least = 0
        reference = schema.get("$ref", schema.get("$dynamicRef"))
        if reference is not None:
            if reference in open_references:
                return _ENDLESS
            least = self.height(self.target(reference), (*open_references, reference))
        for part in schema.get("allOf", ()):
            least = max(least, self.height(part, open_references))
        for key in ("anyOf", "oneOf"):
            if schema.get(key):
                least = max(least, min(self.height(each, open_references) for each in schema[key]))
        if schema.get("type") == "array" and not schema.get("minItems"):
            return least
        inner = [schema.get("properties", {}).get(name, True) for name in schema.get("required", ())]
        inner += [*schema.get("prefixItems", [])[: schema.get("minItems", 0)], schema.get("items", True)]
        if not schema.get("minItems"):
            inner = inner[: len(schema.get("required", ()))]
        return min(max([least, *(1 + self.height(each, open_references) for each in inner)]), _ENDLESS)

    def _branch(
        self,
        branches: Sequence[Schema | bool],
        own: Schema | bool,
        chooser: Chooser,
        wish: object,
        shallow: bool,
        depth: int,
    ) -> Schema | bool:
        order = list(range(len(branches)))
        if shallow:
            order.sort(key=lambda at: self.height(branches[at]))
        else:
            first = chooser.index(len(order))
            order = order[first:] + order[:first]
        order.sort(key=lambda at: not _suits(branches[at], wish))
        why = Impossible("there is no branch to choose")
        for at in order:
            try:
                both = merged(own, self.flat(branches[at], chooser, wish, shallow=shallow, depth=depth + 1))
            except Impossible as impossible:
                why = impossible
                continue
            if both is not False:
                return both
        raise why

    def _anchored(self, schema: Any, anchor: str) -> Schema | bool:
        waiting = [schema]
        while waiting:
            each = waiting.pop()
            if isinstance(each, dict):
                if anchor in (each.get("$anchor"), each.get("$dynamicAnchor")):
                    return each
                waiting += each.values()
            elif isinstance(each, list):
                waiting += each
        raise Impossible(f"#{anchor} leads nowhere")


def _conditions(schema: Schema) -> list[Schema | bool]:
    met = {"allOf": [schema["if"], schema.get("then", True)]}
    return [met, schema.get("else", True)]


def _suits(branch: Schema | bool, wish: object) -> bool:
    """Whether the constants of a branch are those of the value wished for."""
    if isinstance(branch, bool):
        return branch
    if not isinstance(wish, dict):
        return wish is None or "const" not in branch or same(branch["const"], wish)
    properties = branch.get("properties", {})
    return all(
        same(properties[name]["const"], value)
        for name, value in wish.items()
        if isinstance(properties.get(name), dict) and "const" in properties[name]
    )
