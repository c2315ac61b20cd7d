"""Changes of a draft: what its client says anew, and what follows from that."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from invoicing.domain.calendar import days_of_terms
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.drafting import Defaults, NewInvoice, as_given, given_lines
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import has_number_of_series

_FROM_CUSTOMER = frozenset({"currency", "locale", "payment_terms"})
_NAMES = {"number": "invoice_number"}
_SHOWN = (
    "number",
    "currency",
    "issue_date",
    "due_date",
    "payment_terms",
    "tax_rate",
    "discount",
    "prices_include_tax",
    "notes",
    "purchase_order",
    "locale",
    "email_subject",
    "email_message",
    "metadata",
)


def revised(draft: Invoice, changes: Mapping[str, Any]) -> NewInvoice:
    """What the client would have said, had it said everything at once.

    ``changes`` are fields of `NewInvoice`; None takes away what was given. New terms that say when payment is due give
    the draft a new due date, unless one is given with them; other terms leave the due date as it is.
    """
    if has_number_of_series(draft) and changes.get("number", draft.number) != draft.number:
        message = "A number assigned by the series cannot be changed."
        raise ValidationFailed(Detail("invoice_number", message, "INVOICE_NUMBER_FIXED"))
    new = replace(as_given(draft), **changes)
    if changes.get("payment_terms") is not None and "due_date" not in changes:
        follows = days_of_terms(changes["payment_terms"]) is not None
        new = replace(new, due_date=None if follows else draft.due_date)
    return new


def defaults_needed(draft: Invoice, changes: Mapping[str, Any]) -> frozenset[str]:
    """Which fields must follow from the customer anew: those taken away, and all of them with another customer."""
    if changes.get("customer_id", draft.buyer.id) != draft.buyer.id:
        return _FROM_CUSTOMER
    needed = {name for name in _FROM_CUSTOMER & changes.keys() if changes[name] is None}
    if "due_date" in changes and changes["due_date"] is None and draft.payment_terms is None:
        needed.add("payment_terms")
    return frozenset(needed)


def kept_defaults(draft: Invoice, changes: Mapping[str, Any], today: date) -> Defaults:
    """What a draft keeps where its client still says nothing: its own values, its date too unless it is taken away."""
    return Defaults(
        currency=draft.currency,
        locale=draft.locale,
        payment_terms=draft.payment_terms or "",
        issue_date=today if "issue_date" in changes else draft.issue_date,
    )


def changed_fields(before: Invoice, after: Invoice) -> list[str]:
    """The fields that differ, in the API's words; ``customer`` alone when only the copy of the customer does."""
    names = [_NAMES.get(name, name) for name in _SHOWN if _differs(before, after, name)]
    if before.buyer != after.buyer:
        names.append("customer_id" if before.buyer.id != after.buyer.id else "customer")
    if given_lines(before) != given_lines(after):
        names.append("items")
    return sorted(names)


def _differs(before: Invoice, after: Invoice, name: str) -> bool:
    """A value that was a default and is now given, or the other way round, differs too."""
    follows = (name in before.defaulted) != (name in after.defaulted)
    return follows or getattr(before, name) != getattr(after, name)
