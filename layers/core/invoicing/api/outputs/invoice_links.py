"""Links of invoices: related resources, and the actions that are possible now."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import can_bear_late_fees, possible_actions


def invoice_links(invoice: Invoice) -> dict[str, str | None]:
    """Return the links of an invoice: related resources and actions that are possible now."""
    own = f"/invoices/{invoice.id}"
    possible = possible_actions(invoice)
    return {
        "self": own,
        "customer": f"/customers/{invoice.buyer.id}",
        "pdf": f"{own}/pdf",
        "page": f"/i/{invoice.page_token}" if invoice.page_token else None,
        "preview": f"/i/{invoice.page_token}?preview=true" if invoice.page_token else None,
        "views": f"{own}/views" if invoice.page_token else None,
        "rotate_link": f"{own}/hosted-link/rotate" if "rotate_link" in possible else None,
        "update": own if "update" in possible else None,
        "delete": own if "delete" in possible else None,
        "send": f"{own}/send" if "send" in possible else None,
        "cancel_scheduled_send": f"{own}/scheduled-send" if invoice.scheduled_send else None,
        "void": f"{own}/void" if "void" in possible else None,
        "payments": f"{own}/payments",
        "pay": f"{own}/payments" if "pay" in possible else None,
        "reminders": f"{own}/reminders",
        "remind": f"{own}/reminders" if "remind" in possible else None,
        "apply_credit": f"{own}/apply-credit" if "pay" in possible and invoice.amount_due else None,
        "write_off": f"{own}/write-off" if "write_off" in possible else None,
        "undo_write_off": f"{own}/write-off" if "undo_write_off" in possible else None,
        "credit_notes": f"{own}/credit-notes",
        "credit": f"{own}/credit-notes" if "credit" in possible else None,
        "duplicate": f"{own}/duplicate" if "duplicate" in possible else None,
        "recur": f"{own}/recur" if "duplicate" in possible else None,
        "recurring": f"/recurring/{invoice.recurring_id}" if invoice.recurring_id else None,
        "revise": f"{own}/revise" if "revise" in possible else None,
        "late_fees": f"{own}/late-fees" if can_bear_late_fees(invoice) else None,
        "late_fee_of": f"/invoices/{invoice.late_fee_of}" if invoice.late_fee_of else None,
        "revises": f"/invoices/{invoice.revises}" if invoice.revises else None,
        "revised_by": f"/invoices/{invoice.revised_by}" if invoice.revised_by else None,
    }


def links_with_note(invoice: Invoice, credit_note_id: str | None) -> dict[str, str | None]:
    """Return the links of an invoice, and that of the cancelling credit note that a request made, if it made one."""
    return invoice_links(invoice) | {"credit_note": f"/credit-notes/{credit_note_id}" if credit_note_id else None}
