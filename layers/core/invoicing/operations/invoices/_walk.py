"""Walks through invoices, page by page, each invoice in a transaction of its own."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from invoicing.dataclass import dataclass
from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.invoice_walk import InvoiceWalk
from invoicing.domain.parties.account import Account
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import ListPage, ListQuery
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

MOST_PAGES = 20
"""The most pages of one run; the next tick goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking[W: InvoiceWalk]:
    """What a kind of walk does.

    ``query`` names its invoices, ``is_affected`` which of them may have to wait for something else in the account, and
    ``move`` writes one of them.
    """

    kind: type[W]
    id: str
    query: Callable[[W], ListQuery]
    is_affected: Callable[[Invoice, Account], bool]
    move: Callable[[UnitOfWork, Invoice, Account], None]


def walk[W: InvoiceWalk](start: Callable[[ChangeSet], UnitOfWork], walking: Walking[W]) -> list[Work]:
    """Move the invoices of the next pages, and say where to go on.

    Two runs at once move the same invoices once; what a run that ends half-way has moved stays, and is found moved.
    """
    done: list[Work] = []
    while len(done) < MOST_PAGES and (found := _next_page(start(ChangeSet()), walking)):
        under_way, page, account = found
        for invoice in page.items:
            if walking.is_affected(invoice, account):
                run_use_case(start, partial(_move, walking=walking, invoice_id=invoice.id))
        run_use_case(start, partial(go_on, under_way=under_way, next_page=page.next_cursor))
        done.append(Work.JOB)
    return done


def _next_page[W: InvoiceWalk](uow: UnitOfWork, walking: Walking[W]) -> tuple[W, ListPage[Invoice], Account] | None:
    """Return the page that is due, None where none is."""
    uow.prefetch((walking.kind, walking.id), (Account, PROFILE))
    under_way = uow.find(walking.kind, walking.id)
    if under_way is None or under_way.due_at > uow.real_now:
        return None
    page = uow.page_of(Invoice, replace(walking.query(under_way), cursor=under_way.position))
    return under_way, page, uow.get(Account, PROFILE)


def _move[W: InvoiceWalk](uow: UnitOfWork, walking: Walking[W], invoice_id: str) -> None:
    uow.prefetch((Invoice, invoice_id), (Account, PROFILE))
    invoice, account = uow.find(Invoice, invoice_id), uow.get(Account, PROFILE)
    if invoice is not None and walking.is_affected(invoice, account):
        walking.move(uow, invoice, account)


def go_on(uow: UnitOfWork, under_way: InvoiceWalk, next_page: str | None) -> None:
    """Say where the walk goes on, unless another run has, or it has started over."""
    if uow.find(type(under_way), under_way.id) == under_way:
        after_page(uow, under_way, next_page)


def after_page[W: InvoiceWalk](uow: UnitOfWork, under_way: W, next_page: str | None) -> W | None:
    """Save a walk after a page, before that of a cursor, and return it; remove it, and return None, after its last."""
    after = under_way.after_page(next_page)
    if after:
        uow.changes.save(after)
    else:
        uow.changes.remove(under_way)
    return after
