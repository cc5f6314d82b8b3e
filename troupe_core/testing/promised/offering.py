"""What everything promises that offers actions: each sentence about `ActionSpec` and `ActionProvider.actions`."""

from troupe_core.testing.trying.acting_trial import ActingTrial
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.play import Play
from troupe_core.testing.trying.schema_subset import outside_the_subset

__all__ = ["OfferTests"]


class OfferTests(ActingTrial):
    """What an agent is told that it can do."""

    @added_in("0.1")
    def test_each_action_has_a_name_of_its_own_and_says_what_it_does(self) -> None:
        """An action has a name that no other has here, a sentence for the agent, and a type for each parameter."""
        untold = self.untold
        self.promise(
            untold is None,
            seen=str(untold),
            change="write a docstring under the @action method, and a type behind each of its parameters; a line for "
            "each under Args: tells the agent what it is.",
        )

        async def story(play: Play) -> tuple[list[str], list[str]]:
            offers = [play.part.actions(agent) for agent in play.people]
            silent = sorted({spec.name for specs in offers for spec in specs if not spec.summary.strip()})
            names = [[spec.name for spec in specs] for specs in offers]
            return silent, sorted({name for own in names for name in own if own.count(name) > 1})

        silent, twice = self.played(story)
        self.promise(
            not silent and not twice,
            seen=f"without a sentence: {silent}; offered twice to one agent: {twice}",
            change="write a docstring under each @action method, or give ActionSpec a summary; and a name= of its own.",
        )

    @added_in("0.1")
    def test_parameters_keep_to_what_providers_enforce(self) -> None:
        """The parameters of an action are a JSON Schema of the subset that model providers enforce."""

        async def story(play: Play) -> list[str]:
            specs = [spec for agent in play.people for spec in play.part.actions(agent)]
            told = (f"{spec.name}: {what}" for spec in specs for what in outside_the_subset(spec.parameters))
            return list(dict.fromkeys(told))

        outside = self.played(story)
        self.promise(
            not outside,
            seen="; ".join(outside[:4]),
            change="use type, enum, const, anyOf, items and properties, all of them required, with "
            "additionalProperties false; an optional one takes null. What else is wanted, check in the action and "
            "raise Refusal.",
        )

    @added_in("0.1")
    def test_the_same_offer_is_the_same_objects(self) -> None:
        """Specs compare by identity: as long as nothing has changed, the same objects are handed out."""

        async def story(play: Play) -> list[str]:
            offers = [(play.part.actions(agent), play.part.actions(agent)) for agent in play.people]
            pairs = [pair for one, other in offers for pair in zip(one, other, strict=False)]
            return sorted({one.name for one, other in pairs if one is not other})

        anew = self.played(story)
        self.promise(
            not anew,
            seen=f"made anew at each call: {', '.join(anew)}",
            change="make the specs once, in __init__ or where something changes, and return those from `actions`: the "
            "core compares them for every agent in every turn.",
        )

    @added_in("0.1")
    def test_what_its_actions_ask_for_is_declared(self) -> None:
        """A component declares every capability that one of its actions may need to be granted."""
        declared = self._declared

        async def story(play: Play) -> list[str]:
            specs = [spec for agent in play.people for spec in play.part.actions(agent)]
            asked = {spec.capability for spec in specs if spec.capability is not None}
            return sorted(asked - set(declared))

        missing = self.played(story)
        self.promise(
            not missing,
            seen=f"actions ask for {', '.join(missing)}, the component declares {', '.join(declared) or 'nothing'}",
            change="name it in the Component: capabilities=(…,). People decide by that what they install.",
        )
