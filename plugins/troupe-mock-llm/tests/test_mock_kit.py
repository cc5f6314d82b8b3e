"""The model keeps what every model promises."""

from troupe_core.testing import LLMConformance


class TestMock(LLMConformance):
    component = "mock"
