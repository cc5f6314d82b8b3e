"""Why a schema has no value, or none that was found."""

__all__ = ["Impossible"]


class Impossible(Exception):
    """No value fits."""
