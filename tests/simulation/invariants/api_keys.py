"""API keys: the roster has those that can be used."""

from datetime import timedelta

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.key_roster import KeyRoster
from tests.simulation.simulation import Simulation


def the_roster_has_the_usable_keys(simulation: Simulation) -> None:
    """In a moment: whether a key has expired just now is told by the clock of a process."""
    now = simulation.world.now + timedelta(seconds=2)
    for roster in simulation.store.all(KeyRoster):
        keys = [key for key in simulation.store.all(ApiKey) if key.account == roster.account]
        assert {key.id for key in roster.at(now).keys} == {key.id for key in keys if key.is_usable(now)}, roster


ALWAYS = (the_roster_has_the_usable_keys,)
