"""The model keeps what every model promises."""

from troupe_core.testing import LLMConformance


class TestOpenAI(LLMConformance):
    component = "openai"
