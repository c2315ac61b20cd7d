"""What is left of an erased customer and of what knew it: nothing that is not named as staying."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from invoicing.domain.erasure.customer import (
    ERASED_NAME,
    addresses_of,
    erasable_from,
    erased_buyer,
    erased_customer,
    require_erasable,
)
from invoicing.domain.erasure.documents import (
    erased_credit_note,
    erased_delivery,
    erased_entry,
    erased_invoice,
    erased_payment,
    erased_payout,
)
from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.particulars import Particulars
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Contact
from tests.builders import (
    NOW,
    a_credit_note,
    a_credit_payout,
    a_customer,
    a_delivery,
    a_payment,
    an_issued_invoice,
)
from tests.sample_particulars import EVERYTHING

STAYS = {
    "account", "id", "sequence", "currency", "locale", "payment_terms", "series_id", "template_id", "apply_credit",
    "reminders", "late_fee", "has_invoices", "archived_at", "restored_at", "archivings", "created_at",
}  # fmt: skip
STATED = {
    "delivery_date", "tax_point_date", "document_title", "payee", "tax_representative", "preceding_invoices",
}  # fmt: skip


@pytest.mark.parametrize(
    ("newest", "years", "day"),
    [
        (date(2026, 1, 1), 10, date(2037, 1, 1)),
        (date(2026, 12, 31), 10, date(2037, 1, 1)),
        (date(2026, 12, 31), 1, date(2028, 1, 1)),
        (date(9999, 1, 1), 30, date(9999, 1, 1)),
    ],
)
def test_years_count_from_the_end_of_the_year(newest: date, years: int, day: date) -> None:
    assert erasable_from(newest, years) == day


def test_the_day_before_is_too_early_and_an_archived_customer_without_entries_never_waits() -> None:
    customer = a_customer(archived_at=NOW, has_invoices=True)
    require_erasable(customer, None, 30, NOW.date())
    require_erasable(customer, date(2025, 6, 1), 1, date(2027, 1, 1))
    with pytest.raises(Conflict) as refused:
        require_erasable(customer, date(2025, 6, 1), 1, date(2026, 12, 31))
    assert refused.value.code == "RETENTION_NOT_ENDED"


def test_of_a_customer_only_settings_stay() -> None:
    """Each field of another value than that of an empty customer, also one that is added later, goes or is named."""
    marks: dict[str, Any] = {each.name: f"mark of {each.name}" for each in fields(Customer)}
    marks |= {"version": 3, "sequence": 7}
    erased = erased_customer(Customer(**marks), NOW)
    left = {name for name, mark in marks.items() if getattr(erased, name) == mark}
    assert left == STAYS
    assert (erased.version, erased.name, erased.erased_at, erased.updated_at) == (4, ERASED_NAME, NOW, NOW)


def test_of_a_buyer_only_who_it_is_for_the_record_stays() -> None:
    buyer = a_customer(cc_emails=("a@b.example",), contact=Contact(email="c@b.example"), apply_credit="auto").as_buyer()
    assert addresses_of(buyer) == ("ap@initech.example", "c@b.example", "a@b.example")
    erased = erased_buyer(buyer)
    assert addresses_of(erased) == ()
    assert erased == erased_buyer(replace(a_customer(apply_credit="auto").as_buyer(), name="Other"))


def test_of_the_particulars_only_those_of_the_seller_and_of_the_supply_stay() -> None:
    stated = erased_invoice(an_issued_invoice(particulars=EVERYTHING), NOW).particulars
    left = {each.name for each in fields(Particulars) if getattr(stated, each.name)}
    assert left == STATED


def test_what_is_erased_already_is_the_same() -> None:
    known: Any
    erase: Any
    for erase, known in (
        (erased_invoice, an_issued_invoice(particulars=EVERYTHING, notes="Ada")),
        (erased_credit_note, a_credit_note(void_reason="Ada")),
        (erased_payment, a_payment(reference="Ada")),
        (erased_delivery, a_delivery()),
    ):
        once = erase(known, NOW)
        assert once.version == known.version + 1
        assert erase(once, NOW) is once
    payout = erased_payout(a_credit_payout())
    assert (payout.reference, payout.version, erased_payout(payout)) == (None, 2, payout)


def test_a_credit_note_keeps_that_it_had_a_reason() -> None:
    assert erased_credit_note(a_credit_note(), NOW).reason == "Erased"
    assert erased_credit_note(a_credit_note(reason=None), NOW).reason is None


@pytest.mark.parametrize("movement", Movement)
def test_of_the_ledger_only_what_payments_refer_to_goes(movement: Movement) -> None:
    entry = LedgerEntry(
        account="acc_1", id="ent_1", customer_id="cust_123", currency="USD", date=NOW.date(), movement=movement,
        amount=-100, document="INV-1 Ada", created_at=NOW, content_hash="abc",
    )  # fmt: skip
    erased = erased_entry(entry)
    of_payments = movement in {"payment", "refund", "reversal", "credit_payout"}
    assert (erased.document is None, erased.content_hash is None) == (of_payments, of_payments)
    assert erased_entry(erased) is erased
    assert replace(erased, document="INV-1 Ada", content_hash="abc", version=1) == entry
