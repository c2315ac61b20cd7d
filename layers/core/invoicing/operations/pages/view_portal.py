"""Show the portal of a customer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import today
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.ledger.statement import Balance
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.domain.portal.available_credit import available_of
from invoicing.operations.customers.get_customer_balance import get_customer_balance
from invoicing.operations.lists.query import Condition, ListPage, ListQuery, Sort
from invoicing.operations.pages._opening import open_portal
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

MOST_SHOWN = 50
"""The documents of each kind on one page of the portal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """What a customer sees on the civil date ``on`` of the account.

    ``open_invoices`` are the first by due date, ``invoices``, ``credit_notes`` and ``payments`` a page each, the newest
    first;
    ``available`` is what is left of credit notes (`available_of`).
    """

    customer: Customer
    account: Account
    on: date
    balances: tuple[Balance, ...]
    open_invoices: tuple[Invoice, ...]
    has_more_open: bool
    invoices: ListPage[Invoice]
    credit_notes: ListPage[CreditNote]
    payments: ListPage[Payment]
    available: Mapping[str, int]


def view_portal(
    uow: UnitOfWork,
    token: str,
    ledger: Ledger,
    *,
    invoices: str | None = None,
    credit_notes: str | None = None,
    payments: str | None = None,
) -> Portal:
    """Return the portal that a token opens, with the pages that cursors name, else the first ones; it changes nothing.

    `NotFound` as `open_portal`, `InvalidRequest` for a cursor of something else.
    """
    opened = open_portal(uow, token)
    own, customer = opened.uow, opened.customer
    balances = get_customer_balance(own, customer.id, ledger).balances
    of_customer = Condition("customer_id", "eq", (customer.id,))
    still_open = Condition("status", "in", tuple(sorted(OPEN_STATUSES)))
    by_due = ListQuery(
        conditions=(of_customer, still_open),
        sorts=(Sort("due_date", descending=False),),
        per_page=MOST_SHOWN,
        with_lines=False,
    )
    due = own.page_of(Invoice, by_due)
    listed = _shown(of_customer, cursor=invoices)
    notes = own.page_of(CreditNote, _shown(of_customer, cursor=credit_notes))
    return Portal(
        customer=customer,
        account=opened.account,
        on=today(own.now, opened.account.time_zone),
        balances=balances,
        open_invoices=tuple(each for each in due.items if each.amount_due > 0),
        has_more_open=due.has_next,
        invoices=_of_issued(own.page_of(Invoice, listed)),
        credit_notes=notes,
        payments=own.page_of(Payment, _shown(of_customer, cursor=payments)),
        available=available_of(notes.items, balances) if credit_notes is None else {},
    )


def _shown(of_customer: Condition, *, cursor: str | None) -> ListQuery:
    """Return a list of a customer by nothing else: with a status, it would have no cursors until it is long."""
    return ListQuery(conditions=(of_customer,), per_page=MOST_SHOWN, cursor=cursor, with_lines=False)


def _of_issued(page: ListPage[Invoice]) -> ListPage[Invoice]:
    """Leave out drafts, also those that were voided: the customer never got them."""
    return replace(page, items=tuple(each for each in page.items if is_issued(each)))
