import attrs


@attrs.frozen
class Options:
    """What can be set in [memory]."""

    recency: float = attrs.field(default=0.1, validator=[attrs.validators.ge(0), attrs.validators.le(1)])
    """How much being new counts, against being important."""
