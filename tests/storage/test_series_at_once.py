"""Number series that many use, make and delete at once, under real threads on Amazon's DynamoDB Local."""

from typing import Any

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.settings import INVOICES
from invoicing.domain.parties.account import Account
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.account.create_number_series import create_number_series
from invoicing.operations.account.delete_number_series import delete_number_series
from invoicing.operations.account.get_account import OwnSeries
from invoicing.operations.account.list_number_series import list_number_series
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.numbers import DynamoNumbers
from tests.builders import PAGE_URL, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]

SHOP = {"name": "Shop", "document_type": "invoice", "pattern": "SHOP-{year}-{seq}", "next": 1}


def new_series(site: Site, **changes: Any) -> OwnSeries:
    return run_use_case(site.uow, lambda uow: create_number_series(uow, SHOP | changes))


def issue(site: Site, series_id: str, *, send_email: bool = True) -> Invoice:
    new = a_new_invoice(series_id=series_id)
    return run_use_case(site.uow, lambda uow: create_invoice(uow, new, send_email=send_email, page_url=PAGE_URL))


def test_two_series_used_at_once_have_no_gaps_and_no_duplicates(site: Site, local_tables: Database) -> None:
    shop = new_series(site).settings.id
    issued = at_once(40, lambda index: issue(site, (INVOICES, shop)[index % 2]))
    numbers = sorted(invoice.number or "" for invoice in issued if isinstance(invoice, Invoice))
    expected = [f"INV-2026-{value:03}" for value in range(1, 21)] + [f"SHOP-2026-{value}" for value in range(1, 21)]
    assert numbers == sorted(expected)
    for series_id in (INVOICES, shop):
        reader = DynamoNumbers(local_tables)
        for period in (None, "2026"):
            part = audit_numbering(site.uow(ChangeSet()), reader, series_id=series_id, period=period)
            assert [(each.series, each.count, each.gaps, each.duplicates) for each in part.periods] == [
                (series_id, 20, (), ())
            ]


def test_of_many_that_collide_and_are_made_at_once_one_is_made(site: Site) -> None:
    outcomes = at_once(8, lambda index: new_series(site, pattern=f"SHOP-{{year}}-{{seq:0{index + 1}}}"))
    made = [outcome for outcome in outcomes if isinstance(outcome, OwnSeries)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationFailed)]
    assert (len(made), len(refused)) == (1, 7)
    account = site.store.find(Ref(Account, site.account, "profile"))
    assert account is not None
    assert len(account.number_series) == 3


def test_of_many_new_defaults_at_once_one_is_the_default(site: Site) -> None:
    at_once(6, lambda index: new_series(site, pattern=f"{'ABCDEF'[index]}{{year}}{{seq}}", default=True))
    found = list_number_series(site.uow(ChangeSet()))
    assert len(found) == 8
    assert [each.settings.document_type for each in found if each.settings.default].count("invoice") == 1


@pytest.mark.parametrize("next_value", [1, 40])
@pytest.mark.parametrize("send_email", [True, False])
def test_a_series_named_and_deleted_at_once_is_either_used_or_gone(
    site: Site, next_value: int, *, send_email: bool
) -> None:
    for _ in range(5):
        shop = new_series(site, next=next_value).settings.id

        def act(index: int, shop: str = shop) -> Invoice | None:
            if index % 2:
                return issue(site, shop, send_email=send_email)
            return run_use_case(site.uow, lambda uow: delete_number_series(uow, shop))

        outcomes = at_once(6, act)
        named = [outcome for outcome in outcomes if isinstance(outcome, Invoice)]
        is_there = shop in [each.settings.id for each in list_number_series(site.uow(ChangeSet()))]
        assert (len(named), is_there) in {(3, True), (0, False)}
        assert not is_there or sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3
        if is_there:
            break
