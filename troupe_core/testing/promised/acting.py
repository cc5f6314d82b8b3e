"""What everything promises that offers actions: tools, worlds and faculties."""

from troupe_core.testing.promised.doing import DeedTests
from troupe_core.testing.promised.keeping import StateTests
from troupe_core.testing.promised.offering import OfferTests

__all__ = ["ActionTests"]


class ActionTests(OfferTests, DeedTests, StateTests):
    """What is offered, what comes of it, and what is kept of it."""
