"""Shared parts of refunds and reversals."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.events.payments import PAYMENT_REFUNDED, PAYMENT_REVERSED
from invoicing.domain.invoices.invoice import Invoice, InvoiceRefund, Status
from invoicing.domain.invoices.settlement import apply_refund
from invoicing.domain.ledger.cash_tax import cash_taxes
from invoicing.domain.ledger.entry import Credit, Movement, OpenItemChange, credit_id, uses_of_credit
from invoicing.domain.ledger.open_items import open_item_change
from invoicing.domain.money.credit_lots import Lot, Lots, is_money, of_invoice, put_back, take
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Payment, Refund, RefundableCredit, RefundPlan
from invoicing.operations.ledger.bookkeeping import SEARCHED_ENTRIES, book, change_credit, save_changed
from invoicing.operations.unit_of_work.change_set import Ref, WriteConflict
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The unrefunded invoices of a payment, by their ids, and its customer's credit.

    ``uses`` name what used credit that the payment gave, where too little is left.
    """

    invoices: Mapping[str, Invoice]
    credit: Credit
    uses: tuple[str, ...] = ()

    @property
    def refundable_credit(self) -> RefundableCredit:
        """The credit that a refund of the payment may take."""
        of_notes = {invoice.id: invoice.credited_to_customer for invoice in self.invoices.values()}
        return RefundableCredit(
            unused=self.credit.amount, of_credit_notes=of_notes, cancelled=_cancelled(self.invoices), uses=self.uses
        )


def books_of(uow: UnitOfWork, payment: Payment, ledger: Ledger) -> Books:
    """Read what a refund or reversal may change; one request, and another when credit of the payment was used.

    `WriteConflict` when the payment has changed since it was read: without this check, what is left of it would be
    compared with credit and invoices that another refund has changed.
    """
    refs: list[Ref[Any]] = [uow.ref(Invoice, part.invoice_id) for part in payment.allocations if part.left]
    customer_id, currency = payment.customer_id, payment.currency
    own: Ref[Any] = uow.ref(Payment, payment.id)
    of_customer: Ref[Any] = uow.ref(Credit, credit_id(customer_id, currency))
    current, credit, *found = uow.store.find_together(own, of_customer, *refs)
    invoices: list[Invoice] = [invoice for invoice in found if invoice]
    returned = {part.invoice_id: part.returned for part in payment.allocations}
    if current != payment or any(_returned(invoice, payment.id) != returned[invoice.id] for invoice in invoices):
        raise WriteConflict(frozenset({own}))
    credit = credit or Credit(account=uow.account, customer_id=customer_id, currency=currency)
    cancelled = _cancelled({invoice.id: invoice for invoice in invoices})
    became_credit = payment.to_credit - payment.credit_returned
    became_credit += sum(part.left for part in payment.allocations if part.invoice_id in cancelled)
    used = became_credit - credit.amount
    latest = ledger.latest(uow.account, customer_id, currency, SEARCHED_ENTRIES) if used > 0 else ()
    return Books(
        invoices={invoice.id: invoice for invoice in invoices},
        credit=credit,
        uses=uses_of_credit(latest, used, payment.id),
    )


def book_refund(
    uow: UnitOfWork,
    payment: Payment,
    planned: RefundPlan,
    books: Books,
    *,
    account: Account,
    on: date,
    refund: Refund | None = None,
) -> None:
    """Write a refunded payment, or without a ``refund`` a reversed one, its invoices, credit, ledger entry and events.

    A payment made from customer credit becomes credit again: no money moves, and amount due and credit grow alike.
    """
    changed: list[tuple[Invoice, Invoice]] = []
    for invoice_id, amount in planned.of_invoices:
        before, covered = books.invoices[invoice_id], planned.of_credit_notes.get(invoice_id, 0)
        after = _refund_invoice(uow, before, payment.id, amount, covered, account=account, on=on, refund=refund)
        changed.append((before, after))
    of_credit = payment.method == CUSTOMER_CREDIT
    credit = (planned.amount if of_credit else 0) - planned.credit_taken
    credit_after = change_credit(uow, books.credit, credit, _lots_after(books.credit, payment, planned))
    book(
        uow,
        Movement.CREDIT_APPLIED if of_credit else Movement.REFUND if refund else Movement.REVERSAL,
        customer_id=payment.customer_id,
        currency=payment.currency,
        date=on,
        amount=0 if of_credit else planned.amount,
        credit=credit,
        document=payment.reference,
        invoice_id=payment.invoice_id,
        payment_id=payment.id,
        method=None if of_credit else refund.method if refund else payment.method,
        exchange=refund.exchange if refund else None,
        open_items=_due_again(changed, on),
        cash_taxes=cash_taxes(changed, (books.credit, credit_after)),
    )
    uow.changes.save(payment)
    uow.record(PAYMENT_REFUNDED if refund else PAYMENT_REVERSED, payment, amount=planned.amount)


def _due_again(changed: Iterable[tuple[Invoice, Invoice]], on: date) -> tuple[OpenItemChange, ...]:
    """Return the changes of what is due, by the invoices before and after a refund."""
    changes = (open_item_change(before, before.amount_due, after.amount_due, on) for before, after in changed)
    return tuple(chain.from_iterable(changes))


def _lots_after(credit: Credit, payment: Payment, planned: RefundPlan) -> Lots:
    """Return the lots of credit after a refund: money is taken first, then what credit notes of its invoices made.

    What a payment from credit used comes back as it was.
    """
    lots = take(credit.all_lots, planned.of_credit, is_money)
    for invoice_id, covered in planned.of_credit_notes.items():
        lots = take(lots, covered, of_invoice(invoice_id))
    if payment.method != CUSTOMER_CREDIT:
        return lots
    used = payment.used_lots or (Lot(amount=payment.amount),)
    return put_back(lots, used, payment.amount - payment.left - planned.amount, planned.amount)


def _cancelled(invoices: Mapping[str, Invoice]) -> frozenset[str]:
    return frozenset(invoice.id for invoice in invoices.values() if invoice.status is Status.CANCELLED)


def _returned(invoice: Invoice, payment_id: str) -> int:
    return sum(part.returned for part in invoice.payments if part.payment_id == payment_id)


def _refund_invoice(
    uow: UnitOfWork,
    before: Invoice,
    payment_id: str,
    amount: int,
    covered: int,
    *,
    account: Account,
    on: date,
    refund: Refund | None,
) -> Invoice:
    part = None
    if refund:
        part = InvoiceRefund(refund_id=refund.id, amount=amount, refund_date=refund.refund_date, method=refund.method)
    after = apply_refund(
        before,
        payment_id,
        amount,
        account.time_zone,
        uow.now,
        of_credit_notes=covered,
        refund=part,
        reversal_date=None if refund else on,
    )
    save_changed(
        uow, before, after, ("amount_paid", "applied_to_invoice", "credited_to_customer", "paid_date", "payments")
    )
    return after
