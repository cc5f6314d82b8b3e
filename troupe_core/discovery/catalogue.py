"""Known components and the distributions that offer them: `catalogue.toml`."""

from pathlib import Path

__all__ = ["catalogue_of"]


def catalogue_of(kind: str) -> dict[str, str]:
    """The known components of a kind, each with its distribution."""
    import tomllib

    with Path(__file__).with_name("catalogue.toml").open("rb") as file:
        table = tomllib.load(file).get(kind, {})
    return {str(name): str(distribution) for name, distribution in table.items()}
