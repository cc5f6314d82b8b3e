"""The kinds of plugins that can be begun, and what their files are called."""

from attrs import frozen

__all__ = ["KINDS", "NewKind"]


@frozen(kw_only=True)
class NewKind:
    """What differs between the kinds, apart from the code itself."""

    name: str
    """As it is typed: ``memory-backend``."""
    purpose: str
    """What it is for, in a few words."""
    example: str
    """What the code that is written does."""
    hook: str
    part: str
    """The module with the class; its template stands in the folder of the kind."""
    suffix: str
    """What the name of the class ends with."""
    kit: str
    """The class of `troupe_core.testing` that tries it."""
    study: str
    """How a study says that it uses it."""
    kit_settings: str = ""
    """Further lines of the class of tests."""
    configurable: bool = True
    """Whether a study can set something of it."""


KINDS = {
    kind.name: kind
    for kind in (
        NewKind(
            name="memory-backend",
            purpose="where agents keep what they remember",
            example="Recalls what shares most words with the moment.",
            hook="troupe_memory_backends",
            part="memory",
            suffix="Memory",
            kit="MemoryBackendConformance",
            study='[memory]\nuse = "%%name%%"',
        ),
        NewKind(
            name="tool",
            purpose="something agents can use",
            example="A notebook: writes down, and looks up.",
            hook="troupe_tools",
            part="tool",
            suffix="Tool",
            kit="ToolConformance",
            study='[agent_defaults]\ntools = ["%%name%%"]',
        ),
        NewKind(
            name="environment",
            purpose="a world and its rules",
            example="A round table: people speak in turn, and each round another begins.",
            hook="troupe_environments",
            part="world",
            suffix="World",
            kit="EnvironmentConformance",
            study='[environment]\nuse = "%%name%%"\ntopic = "Tea or coffee?"',
        ),
        NewKind(
            name="modality",
            purpose="a sense: how a picture, a sound or a document is perceived",
            example="Reads tables in CSV.",
            hook="troupe_modalities",
            part="sense",
            suffix="Sense",
            kit="ModalityConformance",
            study='[agent_defaults]\nperception = ["%%name%%"]',
            kit_settings='    samples = ((b"city,price\\nParis,12\\nRome,10\\n", "text/csv"),)\n',
        ),
        NewKind(
            name="analyzer",
            purpose="reads finished runs and says what it found",
            example="Tells who speaks how much.",
            hook="troupe_analyzers",
            part="analyzer",
            suffix="Analyzer",
            kit="AnalyzerConformance",
            study='[[analyzers]]\nuse = "%%name%%"',
        ),
        NewKind(
            name="llm",
            purpose="a model that plays the people",
            example="An echo: says again what was said, in the least answer that is valid.",
            hook="troupe_llms",
            part="model",
            suffix="Model",
            kit="LLMConformance",
            study='[llm]\nuse = "%%name%%"',
        ),
        NewKind(
            name="embedder",
            purpose="turns text into vectors",
            example="Hashes the letters of a text, with no library.",
            hook="troupe_embedders",
            part="embedder",
            suffix="Embedder",
            kit="EmbedderConformance",
            study='[embedder]\nuse = "%%name%%"',
        ),
        NewKind(
            name="faculty",
            purpose="a mental ability that takes part in turns",
            example="A mood that follows what happens.",
            hook="troupe_faculties",
            part="faculty",
            suffix="Faculty",
            kit="FacultyConformance",
            study='[agent_defaults]\nfaculties = ["%%name%%"]',
        ),
        NewKind(
            name="executor",
            purpose="where turns are decided",
            example="Decides in this process, a few at a time.",
            hook="troupe_executors",
            part="executor",
            suffix="Executor",
            kit="ExecutorConformance",
            study='[execution]\nexecutor = "%%name%%"',
            configurable=False,
        ),
        NewKind(
            name="persona-source",
            purpose="where populations come from",
            example="Draws people from a table.",
            hook="troupe_persona_sources",
            part="source",
            suffix="Source",
            kit="PersonaSourceConformance",
            study='[[agents]]\npopulation = { use = "%%name%%", count = 3 }',
        ),
    )
}
"""By name; the five that the framework exists for come first."""
