# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: studies of people who hold the tool and act by a script."""

import sys
from pathlib import Path

import pytest
from acting import play, prompt, told, write_study
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from the_command import troupe

sys.path.insert(0, str(Path(__file__).parent))

__all__ = ["play", "prompt", "study", "told", "troupe"]

property_settings.register_profile("troupe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("troupe")


@pytest.fixture
def study(tmp_path):
    """Writes a study of people who act by a script."""

    def write(script, *, graph="", **more):
        return write_study(tmp_path, script, tool="knowledge-graph", settings=graph, **more)

    return write
