"""What agents could do when they were introduced, for checkpoints: message 0 stays the same after a restart."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from troupe_core.actions.offer import Offer, OfferedAction
from troupe_core.values.action import ActionSpec

__all__ = ["OffersKept", "offer_kept"]


@define(eq=False)
class OffersKept:
    """Each offer once, however many agents have it."""

    kept: dict[str, Any] = field(factory=dict)
    _numbers: dict[int, tuple[str, Offer]] = field(factory=dict, init=False)

    def keep(self, offer: Offer) -> str:
        """The number that this offer is kept under."""
        known = self._numbers.get(id(offer))
        if known is None:
            known = self._numbers[id(offer)] = (str(len(self.kept)), offer)
            self.kept[known[0]] = [_as_json(name, offered) for name, offered in offer.actions.items()]
        return known[0]


def offer_kept(kept: Sequence[Mapping[str, Any]]) -> Offer:
    """The offer that was kept so."""
    return Offer({each["name"]: _offered(each) for each in kept})


def _as_json(name: str, offered: OfferedAction) -> dict[str, Any]:
    return {
        "name": name,
        "provider": offered.provider,
        "own_name": offered.own_name,
        "summary": offered.spec.summary,
        # As text: what is kept of a state has its keys sorted, and a prompt names parameters in their own order.
        "parameters": json.dumps(offered.spec.parameters, ensure_ascii=False),
    }


def _offered(kept: Mapping[str, Any]) -> OfferedAction:
    spec = ActionSpec(name=kept["name"], summary=kept["summary"], parameters=json.loads(kept["parameters"]))
    return OfferedAction(kept["provider"], spec, kept["own_name"])
