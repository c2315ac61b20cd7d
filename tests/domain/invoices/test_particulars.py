"""Particulars: what is wrong in them, what goes with them to other documents, and the hash of who has none."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.drafting import as_given
from invoicing.domain.invoices.duplicating import copy_of, duplicate_of
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.particulars import (
    NAMES,
    NO_PARTICULARS,
    Particulars,
    PrecedingInvoice,
    changed_particulars,
    checked,
)
from invoicing.domain.invoices.payment_means import PaymentMeans
from invoicing.domain.sealing import canonical_form, content_hash, sealed
from tests.builders import a_credit_note, a_new_invoice, an_invoice, an_issued_invoice
from tests.sample_particulars import EVERYTHING

TODAY = date(2026, 11, 22)


def wrong(**given: Any) -> list[tuple[str, str]]:
    """The wrong fields of an invoice of today, and their codes."""
    with pytest.raises(ValidationFailed) as refused:
        checked(Particulars(**given), TODAY)
    for detail in refused.value.details:
        assert detail.message.startswith(detail.field)
    return [(detail.field, detail.code) for detail in refused.value.details]


def an_issued(particulars: Particulars) -> Invoice:
    return sealed(an_issued_invoice(a_new_invoice(particulars=particulars, issue_date=TODAY)))


def test_whatever_is_right_stays_as_it_is() -> None:
    assert checked(EVERYTHING, TODAY) == EVERYTHING
    assert checked(NO_PARTICULARS, TODAY) is NO_PARTICULARS


@pytest.mark.parametrize("name", ["delivery_date", "tax_point_date"])
def test_dates_are_near_that_of_the_invoice(name: str) -> None:
    for year in (2016, 2026, 2036):
        near: dict[str, Any] = {name: date(year, 1, 1)}
        checked(Particulars(**near), TODAY)
    for year in (1926, 2015, 2037, 2062):
        assert wrong(**{name: date(year, 12, 31)}) == [(name, "DATE_INVALID")]


def test_an_invoice_precedes_no_earlier_one() -> None:
    of_today = PrecedingInvoice(number="A", issue_date=TODAY)
    later = PrecedingInvoice(number="B", issue_date=date(2026, 11, 23))
    checked(Particulars(preceding_invoices=(of_today, PrecedingInvoice(number="C"))), TODAY)
    assert wrong(preceding_invoices=(of_today, later)) == [("preceding_invoices[1].issue_date", "DATE_INVALID")]


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert wrong(delivery_date=date(1926, 1, 1), payment_means=PaymentMeans(code="59")) == [
        ("delivery_date", "DATE_INVALID"),
        ("payment_means.mandate_reference", "FIELD_REQUIRED"),
    ]


def test_there_is_something_as_soon_as_anything_is_stated() -> None:
    assert not NO_PARTICULARS
    for name in NAMES:
        assert replace(NO_PARTICULARS, **{name: getattr(EVERYTHING, name)}), name


def test_the_names_of_what_differs_are_told() -> None:
    assert changed_particulars(NO_PARTICULARS, EVERYTHING) == list(NAMES)
    assert changed_particulars(EVERYTHING, EVERYTHING) == []


def test_a_duplicate_is_of_another_supply_and_a_revision_of_the_same() -> None:
    invoice = an_issued(EVERYTHING)
    assert as_given(invoice).particulars == copy_of(invoice, TODAY).particulars == EVERYTHING
    again = duplicate_of(invoice, TODAY).particulars
    gone = {"delivery_date", "tax_point_date", "despatch_reference", "receiving_reference", "estimate_id"}
    assert {name for name in NAMES if not getattr(again, name)} == gone | {"preceding_invoices"}
    assert again.payment_means
    assert (again.payment_means.mandate_reference, again.payment_means.reference) == ("M-1", None)


def test_a_credit_note_repeats_what_its_customer_books_it_by() -> None:
    note = a_credit_note(replace(an_issued(EVERYTHING), purchase_order="PO-1"))
    assert note.purchase_order == "PO-1"
    assert changed_particulars(NO_PARTICULARS, note.particulars) == [
        "buyer_reference", "contract_reference", "project_reference", "sales_order", "accounting_reference",
        "tender_reference", "reference", "tax_representative",
    ]  # fmt: skip
    assert a_credit_note(an_issued(NO_PARTICULARS)).particulars == NO_PARTICULARS


@pytest.mark.parametrize("document", [an_issued(NO_PARTICULARS), a_credit_note(an_issued(NO_PARTICULARS))])
def test_who_states_nothing_has_the_hash_of_before(document: Invoice | CreditNote) -> None:
    assert "particulars" not in json.loads(canonical_form(document))
    assert document.content_hash == content_hash(document)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_stated_is_sealed(name: str) -> None:
    plain, stated = (an_issued(each) for each in (NO_PARTICULARS, EVERYTHING))
    one = replace(NO_PARTICULARS, **{name: getattr(EVERYTHING, name)})
    assert content_hash(replace(plain, particulars=one)) != content_hash(plain)
    without = replace(EVERYTHING, **{name: getattr(NO_PARTICULARS, name)})
    assert content_hash(replace(stated, particulars=without)) != stated.content_hash


def test_metadata_is_not_sealed() -> None:
    invoice = an_issued(EVERYTHING)
    assert content_hash(replace(invoice, metadata={"a": "b"})) == invoice.content_hash


def test_a_draft_has_what_was_given_in_its_usual_form() -> None:
    means = replace(EVERYTHING.payment_means, debited_iban="de89 3704 0044 0532 0130 00")  # type: ignore[type-var]
    draft = an_invoice(a_new_invoice(particulars=replace(EVERYTHING, payment_means=means), issue_date=TODAY))
    assert draft.particulars == EVERYTHING
