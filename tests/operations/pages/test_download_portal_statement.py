"""The statement in the portal: that of a year, or less."""

from datetime import timedelta

import pytest

from invoicing.domain.errors import InvalidRequest
from invoicing.operations.customers import get_customer_statement as module
from invoicing.operations.pages.download_portal_statement import STATEMENT_COVERS, download_portal_statement
from tests.builders import NOW, a_customer, an_account
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.portal_links import TOKEN, keep_link
from tests.operations.settling import an_entry


@pytest.fixture
def visitor(store: FakeStore) -> Office:
    store.keep(an_account(), a_customer())
    keep_link(store)
    return Office(store, account="")


def test_the_statement_is_of_a_year_or_of_this_month_where_that_is_too_long(
    visitor: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = NOW.date() - timedelta(days=100)
    store.keep(*(an_entry(date=old, amount=100, id=f"ent_{index}") for index in range(3)))
    ledger = FakeLedger(store)
    (statement,) = download_portal_statement(visitor.uow(), TOKEN, ledger).statements
    assert (statement.start, statement.end) == (NOW.date() - STATEMENT_COVERS, NOW.date())
    assert len(statement.lines) == 3
    monkeypatch.setattr(module, "MOST_MOVEMENTS", 2)
    (statement,) = download_portal_statement(visitor.uow(), TOKEN, ledger).statements
    assert (statement.start, statement.lines) == (NOW.date().replace(day=1), ())
    monkeypatch.setattr(module, "MOST_READ", 0)
    with pytest.raises(InvalidRequest):
        download_portal_statement(visitor.uow(), TOKEN, ledger)
