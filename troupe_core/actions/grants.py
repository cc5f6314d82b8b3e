"""Whether the study lets something leave the simulation."""

from collections.abc import Mapping, Set

from attrs import frozen

from troupe_core.values.action import ActionSpec, Outcome

__all__ = ["Grants"]


@frozen
class Grants:
    """The capabilities granted to each provider, by its place in the study. What is not granted is refused."""

    by_provider: Mapping[str, Set[str]]

    def granted(self, capability: str, provider: str) -> bool:
        """Whether this provider's table lists the capability."""
        return capability in self.by_provider.get(provider, ())

    def refusal(self, spec: ActionSpec, provider: str) -> Outcome | None:
        """What comes of an action whose capability is not granted; None where it may be done."""
        if spec.capability is None or self.granted(spec.capability, provider):
            return None
        return Outcome(
            status="refused",
            text=f"You are not allowed to {spec.name}.",
            problem=f'needs the capability "{spec.capability}": add grants = ["{spec.capability}"] to [{provider}]',
        )
