"""The benchmarks: ``tox run -e bench -- [NAME…]`` prints a table for each. They judge nothing."""

import sys

from benchmarks import chroma_memory, many_plugins, plugin_costs, real_client, startup, turn_overhead

BENCHMARKS = {
    "turn_overhead": turn_overhead.main,
    "plugin_costs": plugin_costs.main,
    "real_client": real_client.main,
    "startup": startup.main,
    "many_plugins": many_plugins.main,
    "chroma_memory": chroma_memory.main,
}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
