"""What overdue invoices wait for after a change of the late fee of their account or customer."""

from collections.abc import Callable
from dataclasses import replace

from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.late_fees.late_fee_change import LATE_FEE_CHANGE, LateFeeChange, begun
from invoicing.domain.parties.account import Account
from invoicing.operations.invoices._late_fees import awaiting_late_fee
from invoicing.operations.invoices._walk import Walking, walk
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_OVERDUE = Condition("status", "in", (str(Status.OVERDUE), str(Status.PARTIALLY_PAID)))


def begin_late_fee_change(uow: UnitOfWork, customer_id: str | None = None) -> None:
    """Let the overdue invoices of a customer, or of all, wait for the fees that they have now; one more request."""
    before = uow.find(LateFeeChange, LATE_FEE_CHANGE)
    uow.changes.save(begun(before, uow.account, customer_id, uow.real_now))


def run_job(start: Callable[[ChangeSet], UnitOfWork], _: DueWorkIndex, *__: object) -> list[Work]:
    """Let the invoices of the next pages wait for their next late fee."""
    walking = Walking(kind=LateFeeChange, id=LATE_FEE_CHANGE, query=_query, is_affected=_is_affected, move=_move)
    return walk(start, walking)


def _query(change: LateFeeChange) -> ListQuery:
    of_customer = (Condition("customer_id", "eq", (change.customer_id,)),) if change.customer_id else ()
    sort = Sort("created_at" if of_customer else "due_date", descending=False)
    return ListQuery(conditions=(*of_customer, _OVERDUE), sorts=(sort,), per_page=100, with_lines=False)


def _is_affected(invoice: Invoice, _: Account) -> bool:
    return invoice.overdue_at is not None and invoice.late_fee_of is None


def _move(uow: UnitOfWork, invoice: Invoice, account: Account) -> None:
    waiting = awaiting_late_fee(uow, invoice, account)
    if waiting != invoice:
        uow.changes.save(replace(waiting, version=invoice.version + 1))
