"""Errors of recurring invoices."""

from tests.functions.error_rows import bad, conflict, missing, outdated, wrong

CREATE, UPDATE, RECUR, PREVIEW, PREVIEW_PDF = (
    f"recurring/{name}"
    for name in (
        "create_recurring_invoice",
        "update_recurring_invoice",
        "recur_invoice",
        "preview_recurring_invoice",
        "preview_recurring_invoice_pdf",
    )
)
ACTIONS = [f"recurring/{verb}_recurring_invoice" for verb in ("pause", "resume", "skip")]
OTHERS = [f"recurring/{verb}_recurring_invoice" for verb in ("get", "cancel")]
NEW = {
    "customer_id": "cust_123",
    "items": [{"description": "Hosting", "quantity": 1, "unit_price": 49}],
    "frequency": "monthly",
    "start_date": "2030-01-31",
}

ROWS = [
    *(
        missing("RECURRING_INVOICE_NOT_FOUND", file, recurring_id="no")
        for file in (*ACTIONS, *OTHERS, UPDATE, PREVIEW, PREVIEW_PDF, "recurring/list_schedule_invoices")
    ),
    missing("INVOICE_NOT_FOUND", RECUR, invoice_id="no"),
    *(outdated(file) for file in (ACTIONS[0], UPDATE, OTHERS[1])),
    *(conflict("INVALID_RECURRING_STATE", file, recurring_id="{ended_id}") for file in ACTIONS),
    conflict("INVALID_RECURRING_STATE", UPDATE, {"notes": "n"}, recurring_id="{ended_id}"),
    conflict("INVALID_RECURRING_STATE", ACTIONS[1]),
    conflict("INVALID_RECURRING_STATE", PREVIEW_PDF, recurring_id="{ended_id}"),
    conflict("START_DATE_FIXED", UPDATE, {"start_date": "2030-02-28"}, recurring_id="{begun_id}"),
    bad("INVALID_QUERY", PREVIEW, at="count", why="VALUE_INVALID", query="?count=101"),
    bad("INVALID_QUERY", PREVIEW_PDF, at="occurrence_date", why="VALUE_INVALID", query="?occurrence_date=2030-02-01"),
    bad("INVALID_QUERY", PREVIEW_PDF, at="occurrence_date", why="DATE_INVALID", query="?occurrence_date=2030-02-30"),
    wrong("customer_id", "CUSTOMER_NOT_FOUND", CREATE, NEW | {"customer_id": "no"}, code="INVALID_CUSTOMER"),
    wrong("customer_id", "CUSTOMER_ARCHIVED", CREATE, NEW | {"customer_id": "{archived_id}"}, code="INVALID_CUSTOMER"),
    wrong("series_id", "SERIES_INVALID", CREATE, NEW | {"series_id": "no"}),
    *(
        wrong(at, code, CREATE, NEW | given)
        for at, code, given in (
            ("", "AUTO_SEND_CONFLICT", {"auto_send": True, "on_generate": "draft"}),
            ("catch_up", "CATCH_UP_REQUIRED", {"start_date": "2020-01-31"}),
            ("end_date", "DATE_INVALID", {"end_date": "2030-01-30"}),
            ("notes", "PLACEHOLDER_UNKNOWN", {"notes": "{{ year }}"}),
            ("interval", "VALUE_INVALID", {"interval": 1001}),
            ("weekday", "VALUE_INVALID", {"weekday": "mon"}),
        )
    ),
    wrong("effective_from", "VALUE_INVALID", UPDATE, {"interval": 2, "effective_from": "2031-01-01"}),
    wrong("catch_up", "CATCH_UP_REQUIRED", RECUR, {"frequency": "weekly", "start_date": "2020-01-31"}),
]
