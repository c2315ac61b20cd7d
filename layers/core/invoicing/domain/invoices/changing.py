"""Changes of a draft: new values from the client, and the defaults that follow from them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.drafting import Defaults, NewInvoice, as_given
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import has_number_of_series
from invoicing.domain.invoices.particulars import changed_particulars
from invoicing.domain.invoices.payment_terms import read_terms
from invoicing.domain.merging import merged
from invoicing.domain.parties.account import Account

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
    "exchange_rate",
    "notes",
    "purchase_order",
    "template_id",
    "service_period",
    "locale",
    "email_subject",
    "email_message",
    "attachments",
    "metadata",
    "taxes",
)
_SHOWN_AS_GIVEN = ("early_payment_discounts", "charges", "allowances", "withholdings", "prepayments", "rounding")


def with_changes(draft: Invoice, changes: Mapping[str, Any]) -> NewInvoice:
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
    new = with_values(as_given(draft), changes)
    if changes.get("payment_terms") is not None and "due_date" not in changes:
        follows = read_terms(changes["payment_terms"]) is not None
        new = replace(new, due_date=None if follows else draft.due_date)
    return new


def with_values(given: NewInvoice, changes: Mapping[str, Any]) -> NewInvoice:
    """Return the client's input with changes merged in; a ``tax_rate`` goes instead of ``taxes``, and they of it."""
    # Each goes instead of the other, on an invoice as on a line.
    instead: dict[str, Any] = {"tax_rate": None} if changes.get("taxes") else {}
    if changes.get("tax_rate") is not None and "taxes" not in changes:
        instead = {"taxes": ()}
    return replace(given, **merged(given, {**instead, **changes}))


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


def kept_defaults(draft: Invoice, changes: Mapping[str, Any], account: Account, today: date) -> Defaults:
    """Return the defaults that a draft keeps: its own values, its date unless that is removed, and its rounding.

    Where the client changes the rounding, what it leaves open follows from the account again.
    """
    return Defaults(
        currency=draft.currency,
        locale=draft.locale,
        payment_terms=draft.payment_terms or "",
        series_id=draft.series_id,
        issue_date=today if "issue_date" in changes else draft.issue_date,
        rounding=account.rounding if "rounding" in changes else draft.rounding,
        small_business=account.small_business,
    )


def changed_fields(before: Invoice, after: Invoice) -> list[str]:
    """Return the fields that differ, as the API names them; ``customer`` when only the copy of it differs."""
    names = [_NAMES.get(name, name) for name in _SHOWN if _differs(before, after, name)]
    if before.buyer != after.buyer:
        names.append("customer_id" if before.buyer.id != after.buyer.id else "customer")
    given = as_given(before), as_given(after)
    names += [name for name in _SHOWN_AS_GIVEN if getattr(given[0], name) != getattr(given[1], name)]
    names += changed_particulars(before.particulars, after.particulars)
    if given[0].lines != given[1].lines:
        names.append("items")
    return sorted(names)


def _differs(before: Invoice, after: Invoice, name: str) -> bool:
    """Whether a value differs; one that changes from default to given, or back, does too."""
    follows = (name in before.defaulted) != (name in after.defaulted)
    return follows or getattr(before, name) != getattr(after, name)
