"""List invoices."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE, own_today
from invoicing.operations.lists.query import Condition, ListPage, ListQuery
from invoicing.operations.lists.searchable import with_searchable
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

IS_OVERDUE = "is_overdue"
"""The filter of invoices that are overdue at this moment, whatever their status."""


def list_invoices(uow: UnitOfWork, query: ListQuery) -> ListPage[Invoice]:
    """Return one page, and read the account along for `own_today`; `InvalidRequest` as `Store.page_of`.

    A filter on ``is_overdue`` is one on status and due date, so that an index has its pages; one more request, as
    for filters on metadata.
    """
    query = with_searchable(uow, query)
    if all(item.field != IS_OVERDUE for item in query.conditions):
        return uow.page_of(Invoice, query, (Account, PROFILE))
    uow.prefetch((Account, PROFILE))
    overdue = _overdue(query.conditions, own_today(uow))
    return uow.page_of(Invoice, replace(query, conditions=overdue, given=query.conditions))


def _overdue(conditions: Iterable[Condition], today: date) -> tuple[Condition, ...]:
    """Return the conditions with that of being overdue: open, as far as filters on the status allow, and past due."""
    others = tuple(item for item in conditions if item.field not in {IS_OVERDUE, "status"})
    on_status = [item for item in conditions if item.field == "status"]
    statuses = tuple(status for status in sorted(OPEN_STATUSES) if all(item.holds(status) for item in on_status))
    return (Condition("status", "in", statuses), Condition("due_date", "lt", (today.isoformat(),)), *others)
