"""Conformance kits: what a contract promises, as tests. An author derives one class, and runs pytest.

::

    from troupe_core.testing import ToolConformance

    class TestDice(ToolConformance):
        component = "dice"          # an installed component; or: factory = Dice
        config = {"sides": 20}      # its table in a study, where it needs one
"""

from troupe_core.testing.promised.declaration import DeclarationTests
from troupe_core.testing.promised.lifetime import LifetimeTests

__all__ = ["Conformance"]


class Conformance(DeclarationTests, LifetimeTests):
    """What every component promises, of whatever kind. Each kind's kit derives from it, and says of itself:

    - `kind`, and `first_version`, the minor version of Troupe that brought the kit;
    - `exercise`: a short life of a part, in which everything is done once;
    - `traces`: what can be seen of a part from outside;
    - one test for each sentence of the contract: its docstring is the sentence, `added_in` its version.
    """
