"""What events say."""

from decimal import Decimal

import pytest

from tests.builders import (
    NOW,
    a_customer,
    a_delivery,
    a_line,
    a_new_invoice,
    a_payment,
    an_event,
    an_invoice,
    an_issued_invoice,
)


def test_an_invoice_event_tells_the_invoice_in_major_units() -> None:
    event = an_event("invoice.sent", an_issued_invoice(amount_paid=83600), id="evt_1")
    assert (event.account, event.id, event.type, event.occurred_at) == ("acc_1", "evt_1", "invoice.sent", NOW)
    assert event.resource_id == event.data["id"] == "inv_1"
    assert event.data["invoice_number"] == "INV-2026-001"
    assert [str(event.data[name]) for name in ("total", "amount_paid", "amount_due")] == [
        "1836.00",
        "836.00",
        "1000.00",
    ]
    assert (event.data["issue_date"], event.data["due_date"]) == ("2026-11-22", "2026-12-22")
    assert event.data["created_at"] == "2026-11-22T12:00:00.000Z"


@pytest.mark.parametrize(("currency", "total"), [("JPY", "100"), ("USD", "100.00"), ("KWD", "100.000")])
def test_its_amounts_have_the_decimals_of_the_currency(currency: str, total: str) -> None:
    invoice = an_invoice(a_new_invoice(a_line("1", "100"), currency=currency))
    assert str(an_event("invoice.created", invoice, id="evt_1").data["total"]) == total


def test_a_draft_has_no_number_yet() -> None:
    data = an_event("invoice.created", an_invoice(), id="evt_1").data
    assert (data["status"], data["invoice_number"]) == ("draft", None)


def test_an_event_names_the_email_that_has_to_follow_and_no_other() -> None:
    invoice = an_issued_invoice()
    with_email = an_event("invoice.sent", invoice, id="evt_1", about={"deliveries": [a_delivery(id="dlv_9")]}).data
    without = an_event("invoice.sent", invoice, id="evt_1").data
    assert (with_email["email_requested"], with_email["delivery_ids"]) == (True, ["dlv_9"])
    assert without["email_requested"] is False
    assert "delivery_ids" not in without


def test_a_customer_event_carries_no_personal_data() -> None:
    event = an_event("customer.created", a_customer(notes="secret", phone="+1 555"), id="evt_1")
    assert event.data == {
        "id": "cust_123",
        "object": "customer",
        "version": 1,
        "archived": False,
        "created_at": "2026-11-22T12:00:00.000Z",
    }


def test_a_payment_event_says_what_it_is_about_and_how_the_payment_stands() -> None:
    event = an_event("payment.refunded", a_payment(to_credit=0, version=2), id="evt_1", about={"amount": 2500})
    assert (event.type, event.resource_id, event.data["object"], event.data["version"]) == (
        "payment.refunded", "pay_1", "payment", 2,
    )  # fmt: skip
    assert [str(event.data[name]) for name in ("amount", "refunded_amount")] == ["25.00", "0.00"]
    assert [(part["invoice_id"], str(part["amount"])) for part in event.data["allocations"]] == [("inv_1", "100.00")]
    assert (event.data["payment_method"], event.data["payment_date"]) == ("bank_transfer", "2026-11-22")


def test_amounts_are_never_binary_floats() -> None:
    data = an_event("invoice.sent", an_issued_invoice(), id="evt_1").data
    assert [name for name, value in data.items() if isinstance(value, float)] == []
    assert isinstance(data["total"], Decimal)
