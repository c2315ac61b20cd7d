"""Errors of taxes, of what is payable, and of scheduled sends."""

from decimal import Decimal
from typing import Any

from tests.functions.conftest import LINE, NEW_INVOICE
from tests.functions.error_rows import Row, wrong

TAX = {"name": "GST", "rate": Decimal("0.05")}
ALL = {"name": "All", "rate": 1}


def refused(at: str, code: str, **given: Any) -> Row:
    """A row of an invoice with one line and these fields."""
    return wrong(at, code, "invoices/create_invoice", NEW_INVOICE | {"items": [LINE]} | given)


ROWS = [
    refused("items[0]", "TAXES_CONFLICT", items=[LINE | {"tax_rate": 0, "taxes": [TAX]}]),
    refused("taxes", "NAME_REPEATED", taxes=[TAX, TAX]),
    refused("rounding.cash", "ROUNDING_INVALID", rounding={"cash": "0.001"}),
    refused("withholdings", "WITHHOLDINGS_EXCEED_TOTAL", withholdings=[ALL, ALL]),
    *(
        wrong("send_at", "SEND_AT_INVALID", "invoices/send_invoice", {"send_at": at})
        for at in ("2020-01-01T09:00", "2020-01-01T09:00:00Z", "9999-12-31T23:59", "2027-01-01", "tomorrow", 1)
    ),
    refused("prepayments", "PREPAYMENTS_EXCEED_TOTAL", prepayments=[{"amount": 10**6}]),
]
