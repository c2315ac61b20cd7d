"""Change a draft."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from invoicing.domain.calendar import today
from invoicing.domain.drafting import Defaults, defaults_of, redraft_invoice
from invoicing.domain.errors import not_found
from invoicing.domain.events import invoice_updated
from invoicing.domain.invoice import Invoice
from invoicing.domain.lifecycle import require, require_version
from invoicing.domain.party import Account, Buyer, Customer
from invoicing.domain.revising import changed_fields, defaults_needed, kept_defaults, revised
from invoicing.operations.billing import customer_to_bill
from invoicing.operations.changes import Ref
from invoicing.operations.drafts import must_exist, release_number, reserve_number
from invoicing.operations.issuing import PROFILE
from invoicing.operations.work import Work


def update_invoice(
    work: Work, invoice_id: str, changes: Mapping[str, Any], *, if_version: int | None = None
) -> Invoice:
    """The draft as changed; ``changes`` are fields of `NewInvoice`, None where one is taken away.

    `NotFound`; `Conflict` ``INVALID_INVOICE_STATE`` for anything but a draft, ``DUPLICATE_INVOICE_NUMBER``;
    `PreconditionFailed`; `ValidationFailed` as `create_invoice`. What changes nothing writes nothing.
    """
    draft, account, customer = _read(work, invoice_id, changes.get("customer_id"))
    if draft is None:
        raise not_found("invoice", invoice_id)
    require_version(draft, if_version)
    require(draft, "update")
    new = revised(draft, changes)
    defaults, buyer = _parties(work, draft, must_exist(account), customer, changes)
    updated = redraft_invoice(draft, new, defaults, buyer, new_id=work.new_id, now=work.now)
    if updated is draft:
        return draft
    if updated.number != draft.number:
        release_number(work, draft)
        if updated.number is not None:
            reserve_number(work, updated.number, draft.id)
    work.changes.save(updated)
    changed = changed_fields(draft, updated)
    work.changes.record(invoice_updated(work.new_id("evt"), updated, work.now, changed))
    return updated


def _read(
    work: Work, invoice_id: str, customer_id: str | None
) -> tuple[Invoice | None, Account | None, Customer | None]:
    invoice, account = Ref(Invoice, work.account, invoice_id), Ref(Account, work.account, PROFILE)
    if customer_id is not None:
        return work.store.find_together(invoice, account, Ref(Customer, work.account, customer_id))
    return *work.store.find_together(invoice, account), None


def _parties(
    work: Work, draft: Invoice, account: Account, customer: Customer | None, changes: Mapping[str, Any]
) -> tuple[Defaults, Buyer]:
    """What follows from whom, and the copy of the customer, which is read only where something follows from it anew."""
    kept = kept_defaults(draft, changes, today(work.now, account.time_zone))
    needed = defaults_needed(draft, changes)
    customer_id = changes.get("customer_id", draft.buyer.id)
    if not needed and "customer_id" not in changes:
        return kept, draft.buyer
    if "customer_id" not in changes:
        customer = work.store.find(Ref(Customer, work.account, customer_id))
    customer = customer_to_bill(work, customer, customer_id)
    fresh = defaults_of(account, customer, work.now)
    return replace(kept, **{name: getattr(fresh, name) for name in needed}), customer.as_buyer()
