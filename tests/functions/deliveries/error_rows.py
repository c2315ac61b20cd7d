"""Errors of deliveries and suppressions."""

from tests.functions.error_rows import bad, wrong

DELIVERIES, SUPPRESSIONS = "deliveries/list_deliveries", "deliveries/list_suppressions"

ROWS = [
    *(
        bad("INVALID_QUERY", file, query=f"?{name}={value}", at=name, why=why)
        for file, name, value, why in (
            (DELIVERIES, "status", "lost", "VALUE_INVALID"),
            (DELIVERIES, "recipient", "", "VALUE_INVALID"),
            (DELIVERIES, "customer_id", "cust_1", "PARAMETER_UNKNOWN"),
            (DELIVERIES, "sort", "status", "VALUE_INVALID"),
            (DELIVERIES, "fields", "message", "FIELD_UNKNOWN"),
            (SUPPRESSIONS, "reason", "disliked", "VALUE_INVALID"),
            (SUPPRESSIONS, "address", "x" * 201, "VALUE_INVALID"),
            (SUPPRESSIONS, "status", "bounced", "PARAMETER_UNKNOWN"),
        )
    ),
    *(
        wrong("to[0]", "RECIPIENT_SUPPRESSED", file, {"to": "{suppressed}"})
        for file in ("invoices/send_invoice", "payments/send_payment_receipt", "customers/send_customer_statement")
    ),
]
