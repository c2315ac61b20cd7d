"""Enter the invoices of a customer with many into the indexes by customer and status."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.lists.list_counter import CountedState, ListCounter, counted_as, step, steps
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

AT_A_TIME = 90
"""Invoices of one transaction, which has 100 writes: their states, and the customer's counter."""


def enter_invoices(uow: UnitOfWork, customer_id: str) -> None:
    """Enter the invoices that were counted before their customer had many; later ones are entered when counted.

    The counter says when all are: each is one of all, and one of its status. One that the list of invoices does not
    show yet is entered the next time, so nothing depends on how far behind that is.
    """
    of_customer = (Condition("customer_id", "eq", (customer_id,)),)
    query = ListQuery(conditions=of_customer, per_page=AT_A_TIME, with_lines=False)
    while True:
        page = uow.page_of(Invoice, query)
        _enter_some(uow, customer_id, [invoice.id for invoice in page.items])
        if page.next_cursor is None:
            return
        query = replace(query, cursor=page.next_cursor)


def _enter_some(uow: UnitOfWork, customer_id: str, ids: Sequence[str]) -> None:
    name, _ = counted_as("invoices", "customer_id", customer_id)

    def enter(attempt: UnitOfWork) -> None:
        refs: list[Ref[Any]] = [attempt.ref(ListCounter, name)]
        refs += [attempt.ref(CountedState, invoice_id) for invoice_id in ids]
        own, *states = attempt.store.find_together(*refs)
        moved: Counter[str] = Counter()
        for state in states:
            if state and not state.is_entered and (name, "") in state.counts:
                now = replace(state, version=state.version + 1, is_entered=True)
                attempt.changes.save(now)
                moved.update(steps(state, now)[name])
        if moved and own:
            attempt.changes.save(step(own, moved))

    run_use_case(uow.begin, enter)
