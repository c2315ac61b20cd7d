"""Errors of taxes, of particulars of invoices and lines, of what is payable, and of scheduled sends."""

from decimal import Decimal
from typing import Any

from tests.functions.conftest import LINE, NEW_INVOICE
from tests.functions.error_rows import Row, wrong

TAX = {"name": "GST", "rate": Decimal("0.05")}
DEBIT = {"code": "59", "mandate_reference": "M-1"}
RF = {"type": "rf", "value": "RF00 1"}
LATER = {"number": "INV-1", "issue_date": "2099-01-01"}
ALL = {"name": "All", "rate": 1}


def refused(at: str, code: str, **given: Any) -> Row:
    """A row of an invoice with one line and these fields."""
    return wrong(at, code, "invoices/create_invoice", NEW_INVOICE | {"items": [LINE]} | given)


def particular(name: str, code: str, value: Any, *, at: str = "") -> Row:
    """A row of an invoice whose line has this particular."""
    return refused(f"items[0].{name}{at}", code, items=[LINE | {name: value}])


ROWS = [
    refused("items[0]", "TAXES_CONFLICT", items=[LINE | {"tax_rate": 0, "taxes": [TAX]}]),
    refused("taxes", "NAME_REPEATED", taxes=[TAX, TAX]),
    refused("rounding.cash", "ROUNDING_INVALID", rounding={"cash": "0.001"}),
    refused("withholdings", "WITHHOLDINGS_EXCEED_TOTAL", withholdings=[ALL, ALL]),
    *(
        wrong("send_at", "SEND_AT_INVALID", "invoices/send_invoice", {"send_at": at})
        for at in ("2020-01-01T09:00", "2020-01-01T09:00:00Z", "9999-12-31T23:59", "2027-01-01", "tomorrow", 1)
    ),
    refused("delivery_date", "DATE_INVALID", delivery_date="1926-11-20"),
    refused("tax_point_date", "DATE_INVALID", tax_point_date="2206-01-01"),
    refused("preceding_invoices[0].issue_date", "DATE_INVALID", preceding_invoices=[LATER]),
    refused("coded_notes[0].subject_code", "VALUE_INVALID", coded_notes=[{"subject_code": "aai", "text": "x"}]),
    refused("payment_means.code", "VALUE_INVALID", payment_means={"code": "2"}),
    refused("payment_means.creditor_id", "VALUE_INVALID", payment_means={"code": "30", "creditor_id": "X"}),
    refused("payment_means.mandate_reference", "FIELD_REQUIRED", payment_means={"code": "59"}),
    refused("payment_means.creditor_id", "CREDITOR_ID_INVALID", payment_means=DEBIT | {"creditor_id": "X"}),
    refused("payment_means.debited_iban", "IBAN_INVALID", payment_means=DEBIT | {"debited_iban": "X"}),
    refused("payment_means.reference.value", "PAYMENT_REFERENCE_INVALID", payment_means=DEBIT | {"reference": RF}),
    refused("prepayments", "PREPAYMENTS_EXCEED_TOTAL", prepayments=[{"amount": 10**6}]),
    particular("unit_code", "UNIT_CODE_INVALID", "hours"),
    particular("gtin", "GTIN_INVALID", "4006381333932"),
    particular("country_of_origin", "COUNTRY_INVALID", "Germany"),
    particular("classifications", "VALUE_INVALID", [{"scheme": "HSN", "code": "998314"}], at="[0].scheme"),
    particular("classifications", "TOO_MANY", [{"scheme": "HS", "code": "998314"}] * 11),
    particular("attributes", "FIELD_REQUIRED", [{"name": "Colour"}], at="[0].value"),
    particular("attributes", "TOO_MANY", [{"name": "Colour", "value": "blue"}] * 21),
    particular("details", "TOO_LONG", "x" * 2001),
    particular("note", "TOO_LONG", "x" * 501),
    particular("note", "TOO_SHORT", " "),
]
