"""The memory keeps what every memory promises."""

from troupe_core.testing import MemoryBackendConformance


class TestChroma(MemoryBackendConformance):
    component = "chroma"
    durable = True
