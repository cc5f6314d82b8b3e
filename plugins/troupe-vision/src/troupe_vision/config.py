"""What can be set of the sense `vision`."""

from attrs import field, frozen, validators

__all__ = ["Config"]


@frozen(kw_only=True)
class Config:
    """Settings of the sense `vision`."""

    max_pixels: int = field(default=40_000_000, validator=[validators.ge(1), validators.le(178_000_000)])
    """How many pixels a picture may have, width times height; a larger one is refused before it is decoded."""

    max_bytes: int = field(default=32_000_000, validator=validators.ge(1))
    """How large a picture's file may be."""

    longest_side: int = field(default=1_536, validator=[validators.ge(16), validators.le(8_192)])
    """Pixels of the longer side of what a model is shown; larger pictures are scaled down, which saves tokens."""

    read_text: bool = False
    """Whether the text in a picture is read for models that do not see. Needs the extra: `troupe-vision[ocr]`."""

    describe_to_all: bool = False
    """Whether models that see are told the description too: then what they remember of the picture has more words."""
