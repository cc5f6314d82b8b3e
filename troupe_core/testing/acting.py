"""What everything promises that offers actions: tools, worlds and faculties."""

from troupe_core.testing.doing import DeedTests
from troupe_core.testing.keeping import StateTests
from troupe_core.testing.offering import OfferTests

__all__ = ["ActionTests"]


class ActionTests(OfferTests, DeedTests, StateTests):
    """What is offered, what comes of it, and what is kept of it."""
