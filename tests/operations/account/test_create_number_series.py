"""Creating number series, and what invoices do with them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.numbering.settings import FIRST_SERIES, INVOICES, MOST_SERIES
from invoicing.domain.parties.account import Account
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.operations.account.list_number_series import list_number_series
from invoicing.operations.account.update_number_series import update_number_series
from invoicing.operations.invoices.update_invoice import update_invoice
from invoicing.operations.invoices.void_invoice import void_invoice
from tests.builders import a_customer, an_account, an_issued_invoice
from tests.fakes import FakeNumbers, FakeStore
from tests.office import Office
from tests.operations.account.using_series import RETURNS, counter, create, credit, new_series, send


def test_each_series_counts_its_own_numbers_without_a_gap(office: Office, store: FakeStore) -> None:
    shop = new_series(office).settings.id
    numbers = [create(office, send_email=True, series_id=series).number for series in (shop, None, shop, INVOICES)]
    assert numbers == ["SHOP-2026-1", "INV-2026-001", "SHOP-2026-2", "INV-2026-002"]
    found = audit_numbering(office.uow(), FakeNumbers(store)).periods
    assert [(each.series, each.count, each.gaps) for each in found] == [(shop, 2, ()), (INVOICES, 2, ())]
    (only,) = audit_numbering(office.uow(), FakeNumbers(store), series_id=shop).periods
    assert (only.first, only.last, only.count) == ("SHOP-2026-1", "SHOP-2026-2", 2)


def test_the_next_value_is_where_it_begins(office: Office, store: FakeStore) -> None:
    shop = new_series(office, next=500)
    assert shop.next_value == 500
    assert create(office, send_email=True, series_id=shop.settings.id).number == "SHOP-2026-500"
    (period,) = audit_numbering(office.uow(), FakeNumbers(store), series_id=shop.settings.id).periods
    assert period.gaps == (), "what is passed over on purpose is no gap"


@pytest.mark.parametrize(
    ("reset", "pattern", "number"),
    [
        ("never", "N{seq}", "N1"),
        ("yearly", "Y{year}/{seq}", "Y2027/1"),
        ("monthly", "M{year}{month}/{seq}", "M202711/1"),
    ],
)
def test_the_fiscal_year_is_that_of_the_account(
    office: Office, store: FakeStore, reset: str, pattern: str, number: str
) -> None:
    store.keep(an_account(number_fiscal_year_start=4))
    series = new_series(office, reset=reset, pattern=pattern)
    assert create(office, send_email=True, series_id=series.settings.id).number == number


def test_the_invoice_chooses_then_its_customer_then_the_account(office: Office, store: FakeStore) -> None:
    first, second, third = (
        new_series(office, pattern=f"{letter}{{seq}}", reset="never", default=letter == "C").settings.id
        for letter in "ABC"
    )
    assert create(office, send_email=True).number == "C1"
    store.keep(a_customer(series_id=second))
    drafts = [create(office), create(office, series_id=first)]
    assert [draft.series_id for draft in drafts] == [second, first]
    assert [send(office, draft).number for draft in drafts] == ["B1", "A1"]
    assert third == create(office, customer_id=_another(store)).series_id


def _another(store: FakeStore) -> str:
    store.keep(a_customer(id="cust_2"))
    return "cust_2"


def test_a_new_default_takes_the_place_of_the_one_before(office: Office, store: FakeStore) -> None:
    shop = new_series(office, default=True).settings.id
    defaults = {
        each.settings.document_type: each.settings.id
        for each in list_number_series(office.uow())
        if each.settings.default
    }
    assert defaults == {"invoice": shop, "credit_note": "series_credit_note"}
    draft = create(office)
    office.run_use_case(lambda uow: update_number_series(uow, INVOICES, {"default": True}))
    assert create(office).series_id == INVOICES
    assert send(office, draft).number == "SHOP-2026-1", "a draft keeps the series that it shows"


def test_credit_notes_choose_a_series_of_their_own(office: Office, store: FakeStore) -> None:
    returns = new_series(office, RETURNS).settings.id
    invoice = an_issued_invoice()
    store.keep(invoice)
    one = [CreditItem(invoice.lines[0].id, Decimal(1))]
    assert credit(office, invoice, items=one).number == "CN-2026-001"
    assert credit(office, invoice, items=one, series_id=returns).number == "R-2026-1"
    new_series(office, RETURNS, pattern="S{year}{seq}", default=True)
    assert credit(office, invoice, items=one).number == "S20261"


@pytest.mark.parametrize("series_id", ["series_9", "series_credit_note"])
def test_only_a_series_of_invoices_numbers_invoices(office: Office, store: FakeStore, series_id: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        create(office, series_id=series_id)
    (detail,) = refused.value.details
    assert (detail.field, detail.code, detail.value) == ("series_id", "SERIES_INVALID", series_id)
    assert store.commits == 0


def test_a_number_of_ones_own_belongs_to_no_series(office: Office, store: FakeStore) -> None:
    assert create(office, number="OWN-1").series_id is None
    with pytest.raises(ValidationFailed) as refused:
        create(office, number="OWN-2", series_id=INVOICES)
    assert [detail.code for detail in refused.value.details] == ["SERIES_CONFLICT"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pattern": "SHOP-{seq}"}, "PATTERN_INVALID"),
        ({"pattern": "INV-{year}-{seq}"}, "PATTERN_COLLIDES"),
        ({"pattern": "CN-{year}-{seq:04}"}, "PATTERN_COLLIDES"),
    ],
)
def test_a_pattern_must_write_numbers_that_no_other_series_writes(
    office: Office, store: FakeStore, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(ValidationFailed) as refused:
        new_series(office, **changes)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("pattern", code)]
    assert store.all(Account) == [an_account()]


def test_of_two_that_collide_and_are_made_at_the_same_moment_one_is_refused(office: Office, store: FakeStore) -> None:
    store.before_next_commit(lambda: new_series(Office(store, ids=office.ids)))
    with pytest.raises(ValidationFailed) as refused:
        new_series(office, pattern="SHOP-{year}-{seq:04}")
    assert [detail.code for detail in refused.value.details] == ["PATTERN_COLLIDES"]
    assert len(store.all(Account)[0].number_series) == 3


def test_an_account_has_a_limited_number_of_series(office: Office, store: FakeStore) -> None:
    many = tuple(replace(FIRST_SERIES[0], id=f"series_{index}", default=False) for index in range(MOST_SERIES - 2))
    store.keep(an_account(number_series=FIRST_SERIES + many))
    with pytest.raises(Conflict) as refused:
        new_series(office)
    assert refused.value.code == "TOO_MANY_NUMBER_SERIES"


def test_a_numbered_draft_keeps_its_series(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_assign_on="create"))
    shop = new_series(office).settings.id
    draft = create(office, series_id=shop, issue_date=date(2026, 11, 1))
    assert draft.number == "SHOP-2026-1"
    with pytest.raises(ValidationFailed) as refused:
        office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"series_id": INVOICES}))
    (detail,) = refused.value.details
    assert (detail.field, detail.code) == ("series_id", "INVOICE_NUMBER_FIXED")
    assert "SHOP-2026-1" in detail.message
    store.keep(a_customer(id="cust_2"))
    moved = office.run_use_case(lambda uow: update_invoice(uow, draft.id, {"customer_id": "cust_2", "series_id": None}))
    assert (moved.number, moved.series_id) == ("SHOP-2026-1", shop)
    assert counter(store, shop) is not None


def test_a_draft_changes_its_series_as_it_changes_its_currency(office: Office, store: FakeStore) -> None:
    shop, post = new_series(office).settings.id, new_series(office, pattern="P{year}{seq}").settings.id
    store.keep(a_customer(series_id=post))
    draft = create(office)

    def change(**changes: Any) -> str | None:
        return office.run_use_case(lambda uow: update_invoice(uow, draft.id, changes)).series_id

    assert draft.series_id == post
    assert [change(series_id=shop), change(series_id=None), change(number="OWN-1"), change(number=None)] == [
        shop, post, None, post,
    ]  # fmt: skip
    store.keep(a_customer(id="cust_2"))
    assert change(customer_id="cust_2") == INVOICES


def test_a_note_that_cancels_has_the_number_of_the_default_series(office: Office, store: FakeStore) -> None:
    new_series(office, RETURNS, default=True)
    issued = create(office, send_email=True)
    office.run_use_case(lambda uow: void_invoice(uow, issued.id, None, credit_note=True))
    (note,) = store.all(CreditNote)
    assert note.number == "R-2026-1"
