"""Errors of number series and of numbering."""

from tests.functions.business import BODIES
from tests.functions.conftest import NEW_INVOICE
from tests.functions.error_rows import conflict, missing, row, wrong

CREATE, UPDATE = "account/create_number_series", "account/update_number_series"
FIRST = "series_invoice"
OUTDATED = {"If-Match": '"v1"'}

ROWS = [
    *(
        missing("NUMBER_SERIES_NOT_FOUND", f"account/{verb}_number_series", series_id="no")
        for verb in ("get", "update", "delete")
    ),
    missing("NUMBER_SERIES_NOT_FOUND", "account/audit_numbering", query="?series_id=series_1"),
    conflict("NUMBER_SERIES_IN_USE", "account/delete_number_series", series_id=FIRST),
    *(
        row(
            412,
            "precondition_failed",
            "ETAG_MISMATCH",
            f"account/{verb}_number_series",
            body,
            series_id=FIRST,
            headers=OUTDATED,
        )
        for verb, body in (("update", BODIES[UPDATE]), ("delete", None))
    ),
    wrong("pattern", "PATTERN_INVALID", CREATE, BODIES[CREATE] | {"pattern": "B-{seq}"}),
    wrong("pattern", "PATTERN_COLLIDES", CREATE, BODIES[CREATE] | {"pattern": "INV-{year}-{seq:05}"}),
    wrong("default", "DEFAULT_REQUIRED", UPDATE, {"default": False}, series_id=FIRST),
    wrong("numbering.next", "NEXT_INVALID", "account/update_account", {"numbering": {"next": 1}}),
    wrong("next", "NEXT_INVALID", UPDATE, {"next": 1}, series_id=FIRST),
    wrong("document_type", "VALUE_INVALID", CREATE, BODIES[CREATE] | {"document_type": "receipt"}),
    *(
        wrong("series_id", "SERIES_INVALID", file, body | {"series_id": series})
        for series in ("series_1", "series_credit_note")
        for file, body in (
            ("invoices/create_invoice", NEW_INVOICE),
            ("invoices/calculate_invoice", NEW_INVOICE),
            ("invoices/update_invoice", {}),
            ("customers/create_customer", {"name": "A"}),
            ("customers/update_customer", {}),
        )
    ),
    wrong(
        "series_id",
        "SERIES_INVALID",
        "credit_notes/create_credit_note",
        {"reason": "Back", "series_id": FIRST},
        invoice_id="{sent_id}",
    ),
    wrong("exchange_rate", "RATE_INVALID", "invoices/create_invoice", NEW_INVOICE | {"exchange_rate": 2}),
    wrong(
        "series_id",
        "SERIES_CONFLICT",
        "invoices/create_invoice",
        NEW_INVOICE | {"series_id": FIRST, "invoice_number": "X"},
    ),
]
