from troupe_core.plugin import Component, hookimpl


@hookimpl
def troupe_memory_backends() -> list[Component]:
    attic = Component(
        name="attic",
        summary="Keeps everything on disk; what was important comes back first.",
        factory="attic_memory.store:Attic",
        config="attic_memory.options:Options",
    )
    return [attic]
