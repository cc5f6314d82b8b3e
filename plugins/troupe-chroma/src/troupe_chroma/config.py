"""What can be set of the memory `chroma`."""

from attrs import field, frozen, validators

__all__ = ["Config"]


@frozen(kw_only=True)
class Config:
    """Settings of the memory `chroma`."""

    host: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """The name or address of a Chroma server. Without it, memories lie in the run's folder, and no server is needed."""

    port: int | None = field(
        default=None, validator=validators.optional(validators.and_(validators.ge(1), validators.le(65535)))
    )
    """The port of the server; 8000 without it."""

    ssl: bool = False
    """Whether the server is spoken to by HTTPS."""

    timeout: float = field(default=60.0, validator=validators.gt(0))
    """Seconds until the server has to have answered."""

    exact_up_to: int = field(default=2000, validator=validators.ge(0))
    """Up to how many memories of an agent are all compared. With more, Chroma's index chooses which are: faster, but
    it may overlook some, and which depends on the order in which they came."""
