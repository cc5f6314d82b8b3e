"""What a part finds out about its settings when it is opened: the user is told in which table it stands."""

import pytest
from installing import PART, Site, new_site

from troupe_core.errors import ConfigError
from troupe_core.simulation.simulation import Simulation

OPEN = """
    async def open(self, context):
        from troupe_core.plugin import ConfigError
        raise ConfigError("sides: nobody makes such a dice", remedy="Take another."{where})
"""

STUDY = """
[llm]
use = "mock"
mode = "fixed"
[tools.gambling]
use = "dice"
[agent_defaults]
tools = ["gambling"]
[[agents]]
persona = { name = "Ann" }
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    yield from new_site(tmp_path / "site", monkeypatch)


def told(site: Site, study, tmp_path, where: str = "") -> str:
    site.install_dice(part=PART + OPEN.format(where=where))
    with pytest.raises(ConfigError) as error:
        Simulation.from_file(study(STUDY)).run_sync(tmp_path / "run")
    return str(error.value)


def test_a_mistake_that_shows_when_a_part_is_opened_names_file_and_table(site, study, tmp_path):
    assert told(site, study, tmp_path) == (
        f"{tmp_path}/study.toml: [tools.gambling]: sides: nobody makes such a dice\nTake another."
    )


def test_a_part_that_knows_a_better_place_says_it_itself(site, study, tmp_path):
    assert told(site, study, tmp_path, ', where="dice.csv, line 3"') == (
        "dice.csv, line 3: sides: nobody makes such a dice\nTake another."
    )
