"""Accounts picked at random from their table."""

from typing import Any

import pytest

from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.numbering.settings import INVOICES
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.storage import account_sample
from invoicing.storage.account_sample import DynamoAccountSample
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.store import DynamoStore
from tests.builders import an_account
from tests.storage.conftest import EVENTS_KEPT, ON_DYNAMODB_LOCAL

COUNT = 12


@pytest.fixture
def accounts(database: Database, account: str) -> set[str]:
    """Accounts that are there, half of them of test mode, each with an item beside its profile; there may be others."""
    names = [f"{account}{number:02}{'#test' * (number % 2)}" for number in range(COUNT)]
    changes = ChangeSet()
    for name in names:
        changes.save(an_account(account=name))
        changes.save(NumberSeries(account=name, id=INVOICES, version=1))
    DynamoStore(database, EVENTS_KEPT).commit(changes)
    return set(names)


def test_all_are_found_where_there_are_few_wherever_it_begins(
    monkeypatch: pytest.MonkeyPatch, database: Database, accounts: set[str]
) -> None:
    monkeypatch.setattr(account_sample, "AT_ONCE", 100_000)
    for _ in range(5):
        found = DynamoAccountSample(database).some(100_000)
        assert accounts <= set(found)
        assert len(found) == len(set(found))


# moto's scan goes by the order in which items were written.
@pytest.mark.parametrize("database", [pytest.param("dynamodb_local", marks=ON_DYNAMODB_LOCAL)], indirect=True)
def test_any_may_be_the_first(database: Database, accounts: set[str]) -> None:
    firsts = {tuple(DynamoAccountSample(database).some(1)) for _ in range(40)}
    assert len(firsts) > 1


def test_what_is_read_is_bounded(monkeypatch: pytest.MonkeyPatch, database: Database, accounts: set[str]) -> None:
    monkeypatch.setattr(account_sample, "AT_ONCE", 2)
    asked: list[dict[str, Any]] = []
    dispatch = database.dispatch

    def counting(operation: str, request: dict[str, Any]) -> dict[str, Any]:
        asked.append({"operation": operation} | request)
        return dispatch(operation, request)

    monkeypatch.setattr(database, "dispatch", counting)
    found = DynamoAccountSample(database).some(COUNT)
    assert 0 < len(found) <= 2 * account_sample.MOST_REQUESTS
    assert [(each["operation"], each["Limit"]) for each in asked] == [("Scan", 2)] * account_sample.MOST_REQUESTS
    assert len(DynamoAccountSample(database).some(1)) == 1
