"""The copies of the test clock on the API keys of its account."""

from dataclasses import replace

from invoicing.domain.test_clocks.test_clock import TestClock
from invoicing.operations.account._api_keys import find_roster, save_roster
from invoicing.operations.unit_of_work.change_set import WriteConflict
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def save_with_keys(uow: UnitOfWork, keys: ApiKeys, clock: TestClock) -> TestClock:
    """Save a changed clock and its reading on all usable keys, so that each request is of before or after the change.

    The roster is saved too: a key that is made, rotated or revoked at the same time meets a write conflict.
    """
    changed = replace(clock, version=clock.version + 1)
    uow.changes.save(changed)
    roster = find_roster(uow, keys, clock.account)
    usable = {key.id for key in roster.keys}
    found = [key for key in keys.of(clock.account) if key.id in usable]
    if len(found) < len(usable):
        raise WriteConflict  # a key was made a moment ago, and is not found yet
    for key in found:
        uow.changes.save(replace(key, version=key.version + 1, clock=changed.reading))
    save_roster(uow, roster)
    return changed
