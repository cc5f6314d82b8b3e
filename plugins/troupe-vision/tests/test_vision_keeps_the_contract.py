"""The sense `vision` keeps what every sense promises."""

from troupe_core.testing import ModalityConformance


class TestVision(ModalityConformance):
    component = "vision"


class TestVisionThatTellsEverybody(ModalityConformance):
    component = "vision"
    config = {"describe_to_all": True, "longest_side": 16}  # noqa: RUF012
