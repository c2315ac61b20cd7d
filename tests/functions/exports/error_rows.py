"""Errors of exports."""

from tests.functions.error_rows import bad, conflict, missing, wrong

CREATE, LIST = "exports/create_export", "exports/list_exports"
NEW = {"type": "ledger", "format": "csv", "start_date": "2026-03-01", "end_date": "2026-03-31"}
DATEV = NEW | {"format": "datev"}

ROWS = [
    *(missing("EXPORT_NOT_FOUND", file, export_id="no") for file in ("exports/get_export", "exports/stop_export")),
    wrong("type", "VALUE_INVALID", CREATE, NEW | {"type": "reports"}),
    wrong("end_date", "DATE_INVALID", CREATE, NEW | {"end_date": "2026-02-28"}),
    wrong("end_date", "DATE_INVALID", CREATE, DATEV | {"end_date": "2027-01-01"}),
    *(
        wrong("datev.fiscal_year_start", "DATE_INVALID", CREATE, DATEV | {"datev": {"fiscal_year_start": begins}})
        for begins in ("2026-01-02", "2026-07-01", "2025-03-01")
    ),
    wrong("type", "OPTION_INVALID", CREATE, DATEV | {"type": "invoices"}),
    wrong("bom", "OPTION_INVALID", CREATE, DATEV | {"bom": True}),
    wrong("accounts", "OPTION_INVALID", CREATE, NEW | {"accounts": {"bank": "1210"}}),
    wrong("accounts", "ACCOUNTS_INVALID", CREATE, DATEV | {"accounts": {"bank": "12100"}}),
    wrong("datev", "OPTION_INVALID", CREATE, NEW | {"format": "accounting", "datev": {}}),
    wrong("accounts.bank", "VALUE_INVALID", CREATE, DATEV | {"accounts": {"bank": "bank"}}),
    conflict("EXPORT_ENDED", "exports/stop_export", export_id="{ended_export_id}"),
    *(
        bad("INVALID_QUERY", LIST, query=f"?{name}={value}", at=name, why=why)
        for name, value, why in (
            ("status", "lost", "VALUE_INVALID"),
            ("type", "reports", "VALUE_INVALID"),
            ("customer_id", "cust_1", "PARAMETER_UNKNOWN"),
            ("sort", "status", "VALUE_INVALID"),
        )
    ),
]

ELSEWHERE = frozenset(["EXPORTS_RUNNING", "EXPORT_TOO_LARGE"])
"""Codes of a fourth export, and of an export that ended."""
