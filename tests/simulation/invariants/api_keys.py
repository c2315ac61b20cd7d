"""API keys: the roster has those that can be used."""

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.key_roster import KeyRoster
from tests.simulation.simulation import Simulation


def the_roster_has_the_usable_keys(simulation: Simulation) -> None:
    for roster in simulation.store.all(KeyRoster):
        now = simulation.world.now
        usable = {
            key.id for key in simulation.store.all(ApiKey) if key.account == roster.account and key.is_usable(now)
        }
        assert {key.id for key in roster.at(now).keys} == usable, roster


ALWAYS = (the_roster_has_the_usable_keys,)
