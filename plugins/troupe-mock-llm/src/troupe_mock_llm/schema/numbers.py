"""Numbers within the bounds of a schema."""

from math import ceil, floor

from troupe_mock_llm.schema.chooser import Chooser
from troupe_mock_llm.schema.impossible import Impossible
from troupe_mock_llm.schema.merging import Schema

__all__ = ["number", "whole_number"]

_SPAN = 10


def whole_number(schema: Schema, chooser: Chooser) -> int:
    """A whole number that fits. Raises `Impossible`."""
    low, high = _bounds(schema)
    step = schema.get("multipleOf", 1)
    if step != int(step):
        step = _least_whole_multiple(step)
    first = ceil(low) + (low == ceil(low) == schema.get("exclusiveMinimum"))
    last = floor(high) - (high == floor(high) == schema.get("exclusiveMaximum"))
    if "minimum" not in schema and "exclusiveMinimum" not in schema:
        first = min(first, last - int(step))
    if "maximum" not in schema and "exclusiveMaximum" not in schema:
        last = max(last, first + int(step))
    least, most = -(-first // int(step)), last // int(step)
    if least > most:
        raise Impossible(f"there is no whole number from {first} to {last}")
    return chooser.whole(least, most) * int(step)


def number(schema: Schema, chooser: Chooser) -> float:
    """A number that fits, with two decimals where that is fine enough. Raises `Impossible`."""
    low, high = _bounds(schema)
    if low > high:
        raise Impossible(f"there is no number from {low} to {high}")
    step = schema.get("multipleOf")
    if step is not None:
        least, most = ceil(low / step), floor(high / step)
        least += least * step == schema.get("exclusiveMinimum")
        most -= most * step == schema.get("exclusiveMaximum")
        if least > most and ("minimum" in schema or "exclusiveMinimum" in schema) == (
            "maximum" in schema or "exclusiveMaximum" in schema
        ):
            raise Impossible(f"there is no multiple of {step} from {low} to {high}")
        value: float = chooser.whole(min(least, most), max(least, most)) * step
        return value
    drawn = chooser.real(low, high)
    for value in (round(drawn, 2), drawn, low + (high - low) / 2):
        if low <= value <= high and value not in (schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")):
            return value
    raise Impossible(f"there is no number between {low} and {high}")


def _bounds(schema: Schema) -> tuple[float, float]:
    lows = [schema[key] for key in ("minimum", "exclusiveMinimum") if key in schema]
    highs = [schema[key] for key in ("maximum", "exclusiveMaximum") if key in schema]
    if lows and highs:
        return max(lows), min(highs)
    if lows:
        return max(lows), max(lows) + _SPAN
    return (min(highs) - _SPAN, min(highs)) if highs else (0, _SPAN)


def _least_whole_multiple(step: float) -> int:
    above, below = float(step).as_integer_ratio()
    exact = round(step, 9).as_integer_ratio()
    return above if below == 1 else next((k for k in range(1, 10_001) if (k / step).is_integer()), exact[0])
