"""Change a draft, or the metadata of an issued invoice."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.calendar import today
from invoicing.domain.events.invoices import INVOICE_UPDATED
from invoicing.domain.invoices.changing import changed_fields, defaults_needed, kept_defaults, with_changes
from invoicing.domain.invoices.drafting import Defaults, defaults_of, redraft_invoice, with_attachments
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import has_number_of_series, require, require_version
from invoicing.domain.merging import merged
from invoicing.domain.money.exchange import require_rate
from invoicing.domain.numbering.series import require_same_period
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Buyer, Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.customers._eligibility import customer_to_bill
from invoicing.operations.invoices._attachments import Attach
from invoicing.operations.invoices._drafts import (
    redate_number,
    release_number,
    reserve_number,
    series_of,
    warn_of_draft,
)
from invoicing.operations.invoices.get_invoice import as_issued_now
from invoicing.operations.numbering.chosen_series import keep_series, require_series
from invoicing.operations.templates._chosen import require_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def update_invoice(
    uow: UnitOfWork,
    invoice_id: str,
    changes: Mapping[str, Any],
    *,
    if_version: int | None = None,
    attach: Attach | None = None,
) -> Invoice:
    """Change the draft and return it `as_issued_now`; ``changes`` are fields of `NewInvoice`, None removes a value.

    What ``attach`` returns is attached instead of what was. Of an invoice that is no draft, only metadata changes.
    Without a change nothing is written. `NotFound`; `Conflict` ``INVALID_INVOICE_STATE``, ``DUPLICATE_INVOICE_NUMBER``;
    `PreconditionFailed`; `ValidationFailed` as `create_invoice`, `attach_files` and `require_same_period`.
    """
    customers = [(Customer, changes["customer_id"])] if changes.get("customer_id") else []
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE), *customers)
    draft, account = uow.get(Invoice, invoice_id), uow.get(Account, PROFILE)
    require_version(draft, if_version)
    if draft.status is not Status.DRAFT and changes.keys() == {"metadata"} and attach is None:
        return _with_metadata(uow, draft, changes)
    require(draft, "update")
    if not customers:
        uow.prefetch((Customer, draft.buyer.id))
    require_series(account, changes.get("series_id"))
    require_template(account, changes.get("template_id"))
    new = with_changes(draft, changes)
    defaults, buyer = _parties(uow, draft, account, changes)
    updated = redraft_invoice(draft, new, defaults, buyer, new_id=uow.new_id, now=uow.now)
    if attach is not None:
        updated = with_attachments(draft, updated, attach(uow), uow.now)
    require_rate(updated.currency, account.currency, new.exchange_rate)
    warn_of_draft(uow, updated, account)
    if updated is draft:
        return as_issued_now(uow, draft)
    _renumber(uow, draft, updated, account)
    if updated.number is None:
        keep_series(uow, account, changes.get("series_id"))
    uow.changes.save(updated)
    uow.record(INVOICE_UPDATED, updated, changed=changed_fields(draft, updated))
    return as_issued_now(uow, updated)


def _with_metadata(uow: UnitOfWork, invoice: Invoice, changes: Mapping[str, Any]) -> Invoice:
    updated = replace(invoice, **merged(invoice, changes))
    if updated == invoice:
        return invoice
    updated = replace(updated, version=invoice.version + 1, updated_at=uow.now)
    uow.changes.save(updated)
    uow.record(INVOICE_UPDATED, updated, changed=["metadata"])
    return updated


def _renumber(uow: UnitOfWork, draft: Invoice, updated: Invoice, account: Account) -> None:
    """Date the number of the series, or reserve the client's own instead of the one before."""
    if draft.number and has_number_of_series(draft):
        require_same_period(account.number_rule(series_of(draft)), draft.number, draft.issue_date, updated.issue_date)
        redate_number(uow, draft, updated.issue_date)
    if updated.number != draft.number:
        release_number(uow, draft)
        if updated.number is not None:
            reserve_number(uow, updated.number, draft.id)


def _parties(uow: UnitOfWork, draft: Invoice, account: Account, changes: Mapping[str, Any]) -> tuple[Defaults, Buyer]:
    """Return defaults and the copy of the customer, a new one only where new defaults follow from it."""
    kept = kept_defaults(draft, changes, account, today(uow.now, account.time_zone))
    needed = defaults_needed(draft, changes)
    customer_id = changes.get("customer_id", draft.buyer.id)
    if not needed and "customer_id" not in changes:
        return kept, draft.buyer
    customer = customer_to_bill(uow, uow.find(Customer, customer_id), customer_id)
    fresh = defaults_of(account, customer, uow.now)
    return replace(kept, **{name: getattr(fresh, name) for name in needed}), customer.as_buyer()
