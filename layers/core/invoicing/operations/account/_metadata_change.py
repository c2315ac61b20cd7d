"""What customers and invoices are found by after a change of the account's searchable metadata."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import batched

from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.lists.metadata_change import METADATA_CHANGE, MetadataChange, begun
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.invoices._walk import MOST_PAGES, go_on
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.lists.search_words import MOST_ENTITIES, update_words
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.ports import DueWorkIndex
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

_OLDEST_FIRST = ListQuery(sorts=(Sort(CREATED, descending=False),), per_page=100, with_lines=False)


def begin_metadata_change(uow: UnitOfWork, before: Account, account: Account) -> None:
    """Let customers and invoices be found by the keys that the account has now; one more request."""
    under_way = uow.find(MetadataChange, METADATA_CHANGE)
    was, keys = before.searchable_metadata, account.searchable_metadata
    uow.changes.save(begun(under_way, uow.account, was, keys, uow.real_now))


def run_job(start: Callable[[ChangeSet], UnitOfWork], _: DueWorkIndex, *__: object) -> list[Work]:
    """Write what the entities of the next pages are found by, and say where to go on.

    Two runs at once write the same; what a run that ends half-way has written stays, and is found written.
    """
    done: list[Work] = []
    while len(done) < MOST_PAGES and _do_page(start):
        done.append(Work.JOB)
    return done


def _do_page(start: Callable[[ChangeSet], UnitOfWork]) -> bool:
    """Do the page that is due; return whether one was."""
    uow = start(ChangeSet())
    change = uow.find(MetadataChange, METADATA_CHANGE)
    if change is None or change.due_at > uow.real_now:
        return False
    kind: type[Invoice | Customer] = Invoice if change.part == "invoices" else Customer
    page = uow.page_of(kind, _query(change))
    for some in batched((uow.ref(kind, each.id) for each in page.items), MOST_ENTITIES, strict=False):
        while run_use_case(start, partial(update_words, refs=some)):
            pass
    run_use_case(start, partial(go_on, under_way=change, next_page=page.next_cursor))
    return True


def _query(change: MetadataChange) -> ListQuery:
    of_customers = {"customers": "false", "archived": "true"}.get(change.part)
    conditions = (Condition("archived", "eq", (of_customers,)),) if of_customers else ()
    return replace(_OLDEST_FIRST, conditions=conditions, cursor=change.position)
