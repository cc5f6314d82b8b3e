"""Failures in the shared tests say what was there."""

import pytest

pytest.register_assert_rewrite("memory.shared_memory_tests")
