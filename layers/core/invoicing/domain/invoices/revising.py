"""Changes of a draft: new values from the client, and the defaults that follow from them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.drafting import Defaults, NewInvoice, as_given, given_lines
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import has_number_of_series
from invoicing.domain.invoices.payment_terms import read_terms
from invoicing.domain.merging import merged

_FROM_CUSTOMER = frozenset({"currency", "locale", "payment_terms", "series_id"})
_NAMES = {"number": "invoice_number"}
_SHOWN = (
    "number",
    "series_id",
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
    """Merge changes into the client's input.

    ``changes`` are fields of `NewInvoice`; None removes a value, a `Merge` changes a nested one. New terms that set a
    due date give the draft a new one, unless one is given with them; other terms leave the due date as it is.
    """
    if has_number_of_series(draft) and changes.get("number", draft.number) != draft.number:
        message = "A number assigned by the series cannot be changed."
        raise ValidationFailed(Detail("invoice_number", message, "INVOICE_NUMBER_FIXED"))
    if has_number_of_series(draft) and changes.get("series_id") not in {None, draft.series_id}:
        message = (
            f"series_id cannot be changed: {draft.number} is assigned. "
            "To use another series, void this draft and create a new invoice."
        )
        raise ValidationFailed(Detail("series_id", message, "INVOICE_NUMBER_FIXED", changes["series_id"]))
    given = as_given(draft)
    new = replace(given, **merged(given, changes))
    if changes.get("payment_terms") is not None and "due_date" not in changes:
        follows = read_terms(changes["payment_terms"]) is not None
        new = replace(new, due_date=None if follows else draft.due_date)
    return new


def defaults_needed(draft: Invoice, changes: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that need new defaults: those removed, and all of them with another customer."""
    if changes.get("customer_id", draft.buyer.id) != draft.buyer.id:
        return _FROM_CUSTOMER
    needed = {name for name in _FROM_CUSTOMER & changes.keys() if changes[name] is None}
    if "due_date" in changes and changes["due_date"] is None and draft.payment_terms is None:
        needed.add("payment_terms")
    if "number" in changes and changes["number"] is None and draft.series_id is None:
        needed.add("series_id")
    return frozenset(needed)


def kept_defaults(draft: Invoice, changes: Mapping[str, Any], today: date) -> Defaults:
    """Return the defaults that a draft keeps: its own values, and its date unless that is removed."""
    return Defaults(
        currency=draft.currency,
        locale=draft.locale,
        payment_terms=draft.payment_terms or "",
        series_id=draft.series_id,
        issue_date=today if "issue_date" in changes else draft.issue_date,
    )


def changed_fields(before: Invoice, after: Invoice) -> list[str]:
    """Return the fields that differ, as the API names them; ``customer`` when only the copy of it differs."""
    names = [_NAMES.get(name, name) for name in _SHOWN if _differs(before, after, name)]
    if before.buyer != after.buyer:
        names.append("customer_id" if before.buyer.id != after.buyer.id else "customer")
    if given_lines(before) != given_lines(after):
        names.append("items")
    return sorted(names)


def _differs(before: Invoice, after: Invoice, name: str) -> bool:
    """Whether a value differs; one that changes from default to given, or back, does too."""
    follows = (name in before.defaulted) != (name in after.defaulted)
    return follows or getattr(before, name) != getattr(after, name)
