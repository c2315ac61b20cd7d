"""Changing the account, and how it numbers its invoices."""

from typing import Any

import pytest

from invoicing.domain.errors import PreconditionFailed, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.domain.numbering.settings import CREDIT_NOTES, INVOICES
from invoicing.domain.parties.account import Account
from invoicing.operations.account.get_account import OwnAccount
from invoicing.operations.account.update_account import update_account
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote, create_credit_note
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.duplicate_invoice import duplicate_invoice
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import PAGE_URL, a_customer, a_new_invoice, an_account
from tests.fakes import FakeStore
from tests.office import Office


def update(
    office: Office, *, invoices: Any = None, credit_notes: Any = None, if_version: int | None = None, **values: Any
) -> OwnAccount:
    given = {"invoice": invoices, "credit_note": credit_notes}
    numbering: Any = {document_type: series for document_type, series in given.items() if series}
    return office.run_use_case(lambda uow: update_account(uow, values, numbering=numbering, if_version=if_version))


def create(office: Office, number: str | None = None, *, send_email: bool = False) -> Invoice:
    new = a_new_invoice(number=number)
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=send_email, page_url=PAGE_URL))


def send(office: Office, invoice: Invoice) -> Invoice:
    return office.run_use_case(lambda uow: send_invoice(uow, invoice.id, EmailRequest(), page_url=PAGE_URL))


def test_what_is_given_changes_and_the_rest_stays(office: Office, store: FakeStore) -> None:
    own = update(office, name="Acme AG", email=None)
    assert own.account == an_account(version=2, name="Acme AG", email=None)
    assert store.all(Account) == [own.account]


def test_what_changes_nothing_is_not_written(office: Office, store: FakeStore) -> None:
    assert update(office, name="Acme Studio GmbH", invoices={"next": 1}).account.version == 1
    assert store.commits == 0


def test_of_two_editors_with_the_same_version_the_second_is_refused(office: Office) -> None:
    update(office, name="First", if_version=1)
    with pytest.raises(PreconditionFailed):
        update(office, name="Second", if_version=1)


def test_issued_invoices_keep_the_account_that_issued_them(office: Office, store: FakeStore) -> None:
    sent = create(office, send_email=True)
    update(office, name="Acme AG")
    assert store.all(Invoice) == [sent]


@pytest.mark.parametrize("send_at_once", [True, False])
def test_an_account_changed_while_an_invoice_is_issued_is_copied_as_it_is_then(
    office: Office, store: FakeStore, *, send_at_once: bool
) -> None:
    draft = create(office)
    store.before_next_commit(lambda: update(Office(store), name="Acme AG"))
    issued = create(office, send_email=True) if send_at_once else send(office, draft)
    assert issued.seller
    assert issued.seller.name == "Acme AG"


def test_the_series_goes_on_from_the_value_given(office: Office, store: FakeStore) -> None:
    create(office, send_email=True)
    assert update(office, invoices={"next": 120}).next_value(INVOICES) == 120
    assert create(office, send_email=True).number == "INV-2026-120"
    (series,) = store.all(NumberSeries)
    assert series.skipped == {"2026": ((2, 119),)}


@pytest.mark.parametrize("pattern", [None, "R-{year}-{seq}"])
def test_the_series_never_goes_back(office: Office, store: FakeStore, pattern: str | None) -> None:
    for _ in range(3):
        create(office, send_email=True)
    changes = {} if pattern is None else {"pattern": pattern}
    with pytest.raises(ValidationFailed) as refused:
        update(office, invoices=changes | {"next": 3})
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("numbering.next", "NEXT_INVALID")]
    assert store.all(Account) == [an_account()]


def test_credit_notes_have_a_next_number_of_their_own(office: Office, store: FakeStore) -> None:
    invoice = create(office, send_email=True)
    own = update(office, credit_notes={"next": 40})
    assert (own.next_value(INVOICES), own.next_value(CREDIT_NOTES)) == (2, 40)
    new = NewCreditNote(reason="Returned")
    note = office.run_use_case(lambda uow: create_credit_note(uow, invoice.id, new, page_url=PAGE_URL))
    assert note.number == "CN-2026-040"
    with pytest.raises(ValidationFailed) as refused:
        update(office, credit_notes={"next": 40})
    assert [detail.field for detail in refused.value.details] == ["numbering.credit_note_next"]
    assert [series.skipped for series in store.all(NumberSeries) if series.id == CREDIT_NOTES] == [{"2026": ((1, 39),)}]


def test_each_series_counts_by_the_fiscal_year(office: Office) -> None:
    update(office, number_fiscal_year_start=11, invoices={"pattern": "{year}/{month}/{seq}"})
    own = update(office, invoices={"next": 7})
    assert (own.next_value(INVOICES), own.next_value(CREDIT_NOTES)) == (7, 1)
    assert create(office, send_email=True).number == "2027/11/7"


def test_a_number_that_is_taken_is_no_start(office: Office) -> None:
    create(office, "INV-2026-050")
    with pytest.raises(ValidationFailed) as refused:
        update(office, invoices={"next": 50})
    assert refused.value.details[0].code == "NEXT_INVALID"


def test_a_number_issued_meanwhile_is_not_given_again(office: Office, store: FakeStore) -> None:
    store.before_next_commit(lambda: create(Office(store, ids=office.ids), send_email=True))
    assert update(office, invoices={"next": 2}, name="Acme AG").next_value(INVOICES) == 2
    assert create(office, send_email=True).number == "INV-2026-002"


def test_a_pattern_and_its_reset_must_fit_even_when_only_one_is_given(office: Office, store: FakeStore) -> None:
    with pytest.raises(ValidationFailed):
        update(office, invoices={"pattern": "R{seq}"})
    update(office, invoices={"pattern": "R{seq}", "reset": "never"})
    with pytest.raises(ValidationFailed) as refused:
        update(office, invoices={"reset": "yearly"})
    assert refused.value.details[0].code == "PATTERN_INVALID"
    assert create(office, send_email=True).number == "R1"


def test_drafts_get_numbers_where_the_account_says_so_and_keep_them(office: Office, store: FakeStore) -> None:
    update(office, number_assign_on="create")
    draft = create(office)
    assert draft.number == "INV-2026-001"
    assert [(taken.id, taken.value) for taken in store.all(NumberReservation)] == [("INV-2026-001", 1)]
    copy = office.run_use_case(lambda uow: duplicate_invoice(uow, draft.id))
    assert copy.number == "INV-2026-002"
    assert create(office, "OWN-1").number == "OWN-1"
    assert send(office, draft).number == "INV-2026-001"
    assert create(office, send_email=True).number == "INV-2026-003"


def test_a_customer_of_a_numbered_draft_is_as_any_other(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(has_invoices=True), an_account(number_assign_on="create"))
    assert create(office).buyer.version == 1


def test_credit_notes_have_a_pattern_of_their_own(office: Office, store: FakeStore) -> None:
    own = update(office, credit_notes={"pattern": "K-{year}-{seq}"})
    assert [own.account.number_rule(series).pattern for series in (INVOICES, CREDIT_NOTES)] == [
        "INV-{year}-{seq:03}",
        "K-{year}-{seq}",
    ]


@pytest.mark.parametrize("pattern", ["K-{seq}", "K"])
def test_a_pattern_of_credit_notes_is_checked_as_that_of_invoices(office: Office, pattern: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        update(office, credit_notes={"pattern": pattern})
    (detail,) = refused.value.details
    assert (detail.field, detail.code) == ("numbering.credit_note_pattern", "PATTERN_INVALID")
