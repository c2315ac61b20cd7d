"""Content hashes of issued documents and ledger entries."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from invoicing.domain.columns import Rows
from invoicing.domain.invoices.invoice import Status
from invoicing.domain.invoices.lifecycle import mark_viewed, void
from invoicing.domain.ledger.entry import LedgerEntry, Movement
from invoicing.domain.money.discounts import Discount
from invoicing.domain.money.exchange import Exchange
from invoicing.domain.sealing import canonical_form, content_hash, sealed
from tests.builders import ACCOUNT, NOW, a_credit_note, a_line, a_new_invoice, an_invoice, an_issued_invoice
from tests.template import ROOT

DISCOUNT = Discount(type="percentage", value=Decimal("12.5"))
ENTRY = sealed(
    LedgerEntry(
        account=ACCOUNT,
        id="ent_1",
        customer_id="cust_123",
        currency="EUR",
        date=date(2026, 11, 22),
        movement=Movement.PAYMENT,
        amount=-12000,
        credit=2000,
        document='Überweisung "1"',
        payment_id="pay_1",
        created_at=NOW + timedelta(microseconds=1500),
    )
)
EXCHANGE = Exchange(base="EUR", rate=Decimal("1.25"), rate_date=NOW.date(), source="account")
INVOICE = sealed(
    an_issued_invoice(
        a_new_invoice(
            a_line(
                "1.5", "33.333333", "0.190", discount=DISCOUNT, sku="A-1", unit="h", tax_category="S", tax_name="VAT"
            ),
            a_line("2", "10"),
            discount=DISCOUNT,
            tax_rate=Decimal("0.07"),
            notes="Thanks",
            purchase_order="PO 1",
            email_subject="Yours",
            email_message="Hello",
        ),
        exchange_rate=Decimal("1.25"),
        exchange=EXCHANGE,
        recurring_id="rec_1",
    )
)
SEALED = (ENTRY, INVOICE, a_credit_note(INVOICE))


DIFFERENT: dict[type, Callable[[Any], Any]] = {
    bool: lambda value: not value,
    Movement: lambda _: Movement.VOID,
    Status: lambda _: Status.OVERDUE,
    str: lambda value: f"{value}x",
    int: lambda value: value + 1,
    Decimal: lambda value: value + Decimal("0.000001"),
    Fraction: lambda value: value / 2,
    datetime: lambda value: value + timedelta(days=1),
    date: lambda value: value + timedelta(days=1),
    tuple: lambda value: value[1:],
    Rows: lambda value: value[1:],
    dict: lambda value: value | {"new": "value"},
}
"""Makes another value of each type."""


def changed(value: Any) -> list[tuple[str, Any]]:
    """Every value that differs from this one in one place, with the name of that place."""
    if is_dataclass(value) or hasattr(value, "_replace"):
        names = [each.name for each in fields(value)] if is_dataclass(value) else value._fields
        make: Any = replace if is_dataclass(value) else type(value)._replace
        return [
            (f"{name}.{place}", make(value, **{name: part}))
            for name in names
            for place, part in changed(getattr(value, name))
        ]
    places = [("", DIFFERENT[type(value)](value))] if value is not None and value != () else []
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            places += [
                (f"{index}.{place}", (*value[:index], part, *value[index + 1 :])) for place, part in changed(item)
            ]
    return places


@pytest.mark.parametrize("document", SEALED, ids=lambda document: type(document).__name__)
def test_any_change_of_the_content_changes_the_hash_and_no_other_does(document: Any) -> None:
    assert document.content_hash == content_hash(document)
    seen = set()
    for place, tampered in changed(document):
        name = place.partition(".")[0]
        is_content = name not in document.unsealed | {"content_hash"}
        assert (content_hash(tampered) != document.content_hash) == is_content, place
        seen.add(name)
    assert {"amount", "total"} & seen
    assert {"date", "issue_date"} & seen


def test_every_unsealed_field_exists() -> None:
    for document in SEALED:
        assert document.unsealed <= {field.name for field in fields(document)}


def test_nothing_after_issue_changes_the_hash() -> None:
    viewed = mark_viewed(INVOICE, NOW + timedelta(days=1))
    assert viewed is not None
    for later in (viewed, void(viewed, "Billed twice", NOW + timedelta(days=2))):
        assert later != INVOICE
        assert content_hash(later) == later.content_hash == INVOICE.content_hash


def test_a_draft_has_no_hash() -> None:
    assert an_invoice().content_hash is None


def test_others_can_recompute_it() -> None:
    """With any JSON library; docs/decisions/0032-content-hashes.md has this entry."""
    content = {
        "account": "acc_1",
        "amount": -12000,
        "created_at": "2026-11-22T12:00:00.001Z",
        "credit": 2000,
        "currency": "EUR",
        "customer_id": "cust_123",
        "date": "2026-11-22",
        "document": 'Überweisung "1"',
        "id": "ent_1",
        "movement": "payment",
        "payment_id": "pay_1",
    }
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert canonical_form(ENTRY) == written
    assert ENTRY.content_hash == hashlib.sha256(written).hexdigest()
    decision = (ROOT / "docs" / "decisions" / "0032-content-hashes.md").read_text()
    assert f"`{ENTRY.content_hash}`" in decision
    assert written.decode() in decision


def test_lines_and_decimals_have_one_form() -> None:
    line = json.loads(canonical_form(INVOICE))["lines"][0]
    assert (line["quantity"], line["unit_price"], line["tax_rate"]) == ("1.5", "33.333333", "0.19")
    assert line["discount"] == {"type": "percentage", "value": "12.5"}
    same = replace(INVOICE, exchange=replace(EXCHANGE, rate=Decimal("1.250")), seller=INVOICE.seller)
    assert content_hash(same) == INVOICE.content_hash
