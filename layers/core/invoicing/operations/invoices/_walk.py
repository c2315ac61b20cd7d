"""Walks through open invoices, page by page and in the background."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.walk import InvoiceWalk
from invoicing.operations.lists.query import ListQuery
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps[W: InvoiceWalk]:
    """What a kind of walk does: which invoices it sees, which of a page it stops at, and what it does with each.

    ``concerns`` decides by a page that may be a moment behind, so ``follow`` decides again.
    """

    kind: type[W]
    query: Callable[[W], ListQuery]
    concerns: Callable[[UnitOfWork], Callable[[Invoice], bool]]
    follow: Callable[[UnitOfWork, str], object]


def run_walk(
    start: Callable[[ChangeSet], UnitOfWork], steps: Steps[Any], identifier: str, *, most_pages: int
) -> list[Work]:
    """Follow a change with the invoices of the next pages, each in a transaction of its own, and say where to go on.

    Two runs at once change the same invoices once; what a run that ends half-way has done stays, and is found done.
    """
    done: list[Work] = []
    while len(done) < most_pages:
        uow = start(ChangeSet())
        walk = uow.find(steps.kind, identifier)
        if walk is None or walk.due_at > uow.real_now:
            break
        page = uow.page_of(Invoice, replace(steps.query(walk), cursor=walk.position))
        concerns = steps.concerns(uow)
        for invoice in page.items:
            if concerns(invoice):
                run_use_case(start, partial(_follow, steps=steps, invoice_id=invoice.id))
        run_use_case(start, partial(_go_on, walk=walk, next_page=page.next_cursor))
        done.append(Work.JOB)
    return done


def _follow(uow: UnitOfWork, steps: Steps[Any], invoice_id: str) -> None:
    steps.follow(uow, invoice_id)


def _go_on(uow: UnitOfWork, walk: InvoiceWalk, next_page: str | None) -> None:
    """Say where the walk goes on, unless another run has, or it began anew."""
    if uow.find(type(walk), walk.id) != walk:
        return
    after = walk.after_page(next_page)
    if after:
        uow.changes.save(after)
    else:
        uow.changes.remove(walk)


def begin_walk(uow: UnitOfWork, walk: InvoiceWalk) -> None:
    """Begin a walk in the transaction of the change; one that is under way begins anew. One request."""
    before = uow.find(type(walk), walk.id)
    uow.changes.save(replace(walk, version=before.version + 1 if before else 1))
