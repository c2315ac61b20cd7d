"""Errors of credit notes."""

from decimal import Decimal
from typing import Any

from tests.functions.business import BODIES
from tests.functions.error_rows import wrong

CREDIT = "credit_notes/create_credit_note"
SENT, LINE_ID = "{sent_id}", "{line_id}"


def credit(*quantities: Any) -> Any:
    items = [{"line_id": line_id, "quantity": quantity} for line_id, quantity in quantities]
    return BODIES[CREDIT] | {"items": items}


def measured(**measure: Any) -> Any:
    return BODIES[CREDIT] | {"items": [{"line_id": LINE_ID, **measure}]}


ROWS = [
    wrong("items[0].line_id", "LINE_NOT_FOUND", CREDIT, credit(("no", 1)), invoice_id=SENT),
    wrong("items[1].line_id", "LINE_REPEATED", CREDIT, credit((LINE_ID, 1), (LINE_ID, 1)), invoice_id=SENT),
    wrong("items[0].quantity", "QUANTITY_EXCEEDS_INVOICE", CREDIT, credit((LINE_ID, 11)), invoice_id=SENT),
    wrong("items[0].amount", "AMOUNT_EXCEEDS_INVOICE", CREDIT, measured(amount="1500.01"), invoice_id=SENT),
    wrong("items[0].percentage", "PERCENTAGE_INVALID", CREDIT, measured(percentage=101), invoice_id=SENT),
    wrong("items[0]", "MEASURE_INVALID", CREDIT, measured(percentage=1, amount=1), invoice_id=SENT),
    wrong("items", "TOTAL_NOT_POSITIVE", CREDIT, credit((LINE_ID, Decimal("0.00001"))), invoice_id=SENT),
]
