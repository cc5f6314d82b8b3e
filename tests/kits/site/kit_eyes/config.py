"""What can be set of the eye."""

from attrs import field, frozen, validators


@frozen
class EyeConfig:
    """Settings of the sense `kit-eye`."""

    least: int = field(default=1, validator=validators.ge(1))
    """How many bytes a picture has at least."""
