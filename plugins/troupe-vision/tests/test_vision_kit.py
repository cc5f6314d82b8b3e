"""The sense keeps what every sense promises."""

from troupe_core.testing import ModalityConformance


class TestVision(ModalityConformance):
    component = "vision"
