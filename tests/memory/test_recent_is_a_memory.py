"""The memory `recent` keeps what all memory backends promise."""

from memory.shared_memory_tests import MemoryTests

from troupe_core.builtin.config import RecentConfig
from troupe_core.builtin.recent import RecentMemory


class TestRecent(MemoryTests):
    def backend(self):
        return RecentMemory(RecentConfig())
