"""What decides turns in this process keeps what every executor promises."""

from troupe_core.testing import ExecutorConformance


class TestLocal(ExecutorConformance):
    component = "local"
