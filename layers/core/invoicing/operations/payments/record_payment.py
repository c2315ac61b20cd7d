"""Record a payment of a customer, for several invoices or for none yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import OpenItem
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.allocation import (
    MOST_INVOICES,
    AllocationRequest,
    check_allocations,
    check_once,
    check_rest,
    too_many_invoices,
)
from invoicing.domain.payments.payment import Payment, allocate
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.customers._eligibility import customer_who_pays
from invoicing.operations.ledger.bookkeeping import date_entry, in_minor_units
from invoicing.operations.payments._booking import book_payment
from invoicing.operations.payments._exchange import exchange_of_payment
from invoicing.operations.payments._payment_on import allocation_of
from invoicing.operations.payments._warnings import warn_if_repeated
from invoicing.operations.payments.record_invoice_payment import NewPayment
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAllocation:
    """The part of a payment that a client allocates to an invoice, in major units."""

    invoice_id: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomerPayment(NewPayment):
    """The input of a payment; without ``allocations`` it pays the invoices due first, with none it pays no invoice.

    ``currency`` defaults to the customer's, else the account's.
    """

    customer_id: str
    currency: str | None = None
    allocations: tuple[NewAllocation, ...] | None = None


def record_payment(uow: UnitOfWork, new: NewCustomerPayment, ledger: Ledger) -> Payment:
    """Record the payment; what it pays of no invoice becomes customer credit, where that is allowed.

    `ValidationFailed` ``INVALID_CUSTOMER``, ``AMOUNT_EXCEEDS_DUE``, ``TOO_MANY_INVOICES``, and as `check_allocations`,
    `in_minor_units` and `entry_date`; `Conflict` as `entry_date`. Without ``allocations``, an invoice issued a
    moment ago may be missed.
    """
    uow.prefetch((Account, PROFILE), (Customer, new.customer_id))
    account = uow.get(Account, PROFILE)
    customer = customer_who_pays(uow, uow.find(Customer, new.customer_id), new.customer_id)
    currency = new.currency or customer.currency or account.currency
    payment = _payment(uow, new, account, customer, currency)
    if new.allocations is None:
        invoices = _due_first(uow, ledger, payment)
        parts = allocate(payment.amount, [(invoice.id, invoice.amount_due) for invoice in invoices])
    else:
        requests = _requests(new.allocations, currency)
        invoices = _named(uow, requests, payment)
        parts = tuple((request.invoice_id, request.amount) for request in requests)
    amounts = dict(parts)
    for invoice in invoices:
        amount = payment.amount if len(amounts) == 1 else amounts.get(invoice.id, 0)
        warn_if_repeated(uow, payment, invoice, amount)
    payment = _allocated(payment, parts, {invoice.id: invoice for invoice in invoices})
    if not new.allow_overpayment:
        check_rest(payment.amount, payment.amount - payment.to_credit, currency)
    exchange = exchange_of_payment(
        uow, account, currency, invoices=invoices, rate=new.exchange_rate, on=payment.payment_date
    )
    payment = replace(payment, exchange=exchange)
    book_payment(uow, payment, invoices, send_receipt=new.send_receipt)
    return payment


def _payment(uow: UnitOfWork, new: NewCustomerPayment, account: Account, customer: Customer, currency: str) -> Payment:
    locale = customer.locale or account.locale
    template = account.template_for(customer.template_id)
    return Payment(
        account=uow.account,
        id=uow.new_id("pay"),
        version=1,
        customer_id=customer.id,
        currency=currency,
        amount=in_minor_units("amount", new.amount, currency),
        method=new.method,
        payment_date=date_entry(uow, account, "payment_date", new.payment_date),
        reference=new.reference,
        notes=new.notes,
        buyer=customer.as_buyer(),
        seller=account.as_seller(currency, locale, template),
        template=template,
        time_zone=account.time_zone,
        locale=locale,
        created_at=uow.now,
        updated_at=uow.now,
    )


def _allocated(payment: Payment, parts: Sequence[tuple[str, int]], invoices: Mapping[str, Invoice]) -> Payment:
    return replace(
        payment,
        invoice_id=parts[0][0] if len(parts) == 1 else None,
        allocations=tuple(allocation_of(invoices[invoice_id], amount) for invoice_id, amount in parts),
        to_credit=payment.amount - sum(amount for _, amount in parts),
    )


def _requests(allocations: Sequence[NewAllocation], currency: str) -> list[AllocationRequest]:
    check_once([allocation.invoice_id for allocation in allocations])
    return [
        AllocationRequest(
            invoice_id=allocation.invoice_id,
            amount=in_minor_units(f"allocations[{number}].amount", allocation.amount, currency),
        )
        for number, allocation in enumerate(allocations)
    ]


def _named(uow: UnitOfWork, requests: Sequence[AllocationRequest], payment: Payment) -> list[Invoice]:
    invoices = _read(uow, [request.invoice_id for request in requests])
    check_allocations(requests, invoices, payment.customer_id, payment.currency, payment.amount)
    return [invoice for invoice in invoices if invoice]


def _due_first(uow: UnitOfWork, ledger: Ledger, payment: Payment) -> list[Invoice]:
    """Return the invoices due first, as far as the payment reaches.

    The index, which may be a moment behind, gives their order; the invoices themselves give the amounts due. So no
    invoice is paid that is not due, nor more than is due. Only one that was issued a moment ago may be missed: the
    payment then goes on to the next.
    """
    left = payment.amount
    found: list[Invoice] = []
    items = ledger.due_first(uow.account, payment.customer_id, payment.currency, MOST_INVOICES + 1)
    while left > 0 and (ids := _reached(items, left)):
        due = [invoice for invoice in _read(uow, ids) if invoice and invoice.amount_due]
        for invoice in due:
            if left > 0:
                found.append(invoice)
                left -= invoice.amount_due
        if len(found) > MOST_INVOICES:
            raise too_many_invoices()
    return found


def _reached(items: Iterator[OpenItem], amount: int) -> list[str]:
    """Return the ids of the next open items, up to the amount and at most one more than a payment may pay."""
    ids = []
    for item in islice(items, MOST_INVOICES + 1):
        ids.append(item.invoice_id)
        amount -= item.amount_due
        if amount <= 0:
            break
    return ids


def _read(uow: UnitOfWork, ids: Sequence[str]) -> tuple[Invoice | None, ...]:
    return uow.store.find_together(*(uow.ref(Invoice, invoice_id) for invoice_id in ids)) if ids else ()
