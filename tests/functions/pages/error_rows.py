"""Errors of portal links and hosted links."""

from tests.functions.error_rows import conflict, missing, wrong

CREATE = "customers/create_portal_link"

ROWS = [
    *(missing("CUSTOMER_NOT_FOUND", file, customer_id="no") for file in (CREATE, "customers/list_portal_links")),
    missing("PORTAL_LINK_NOT_FOUND", "customers/revoke_portal_link", link_id="no"),
    conflict("CUSTOMER_ARCHIVED", CREATE, {}, customer_id="{archived_id}"),
    wrong("expires_in_days", "VALUE_INVALID", CREATE, {"expires_in_days": 91}),
    wrong("send_email", "RECIPIENT_MISSING", CREATE, {"send_email": True}, customer_id="{silent_id}"),
    *(
        missing("INVOICE_NOT_FOUND", f"invoices/{name}", invoice_id="no")
        for name in ("rotate_hosted_link", "list_invoice_views")
    ),
    conflict("INVALID_INVOICE_STATE", "invoices/rotate_hosted_link", invoice_id="{draft_id}"),
    wrong("hosted_link_days", "VALUE_INVALID", "account/update_account", {"hosted_link_days": 3651}),
]
