"""Erase what documents, e-mails and the ledger know of an erased customer, while no client waits for it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from itertools import batched
from typing import TYPE_CHECKING, Any, Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.due_work import Work
from invoicing.domain.erasure.customer import addresses_of
from invoicing.domain.erasure.documents import (
    erased_credit_note,
    erased_delivery,
    erased_entry,
    erased_invoice,
    erased_payment,
    erased_payout,
    erased_schedule,
)
from invoicing.domain.erasure.erasure import Erasure
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.credit_payout import CreditPayout
from invoicing.domain.payments.payment import Payment
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.customers._erasing import forget
from invoicing.operations.deliveries.list_deliveries import deliveries_of
from invoicing.operations.invoices._walk import MOST_PAGES, go_on
from invoicing.operations.lists.query import Condition, ListQuery, Sort
from invoicing.operations.lists.search_words import update_words
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref, ref_of
from invoicing.operations.unit_of_work.ports import DueWorkIndex, Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case

if TYPE_CHECKING:
    from invoicing.operations.reactions.run_due_work import JobPorts

AT_ONCE = 10
"""Documents of a page: a schedule may have 200 KB, and the words of an entity take up to 55 writes."""

ENTRIES_AT_ONCE = 50
"""Ledger entries of a page, which one transaction may all change."""

type Start = Callable[[ChangeSet], UnitOfWork]


class ObjectRemover(Protocol):
    """Removes stored documents."""

    def remove(self, *beginnings: str) -> None:
        """Remove all whose name begins so; that there is none is no error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePorts:
    """What an erasure needs from outside."""

    objects: ObjectRemover
    ledger: Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documents:
    """A kind of document: how it is erased, whose deliveries its events name, and where its PDFs are."""

    kind: type[Any]
    erase: Callable[[Any, datetime], Any]
    name: str
    folders: Sequence[str] = ()
    has_words: bool = True


_DOCUMENTS = {
    "schedules": _Documents(kind=RecurringInvoice, erase=erased_schedule, name="recurring_invoice"),
    "invoices": _Documents(
        kind=Invoice, erase=erased_invoice, name="invoice", folders=("issued/{0}/{1}/", "drafts/{0}/{1}/")
    ),
    "credit_notes": _Documents(
        kind=CreditNote, erase=erased_credit_note, name="credit_note", folders=("issued/{0}/{1}.pdf", "issued/{0}/{1}/")
    ),
    "payments": _Documents(
        kind=Payment, erase=erased_payment, name="payment", folders=("receipts/{0}/{1}.pdf",), has_words=False
    ),
}


def run_job(
    start: Start,
    _index: DueWorkIndex,
    _advance: object,
    ports: "JobPorts | None",
    erasure_id: str,
) -> list[Work]:
    """Erase what the next pages have, and say where to go on.

    Two runs at once erase the same; what a run that ends half-way has erased stays, and is found erased. The walk that
    follows finds what requests of the first moment wrote.
    """
    done: list[Work] = []
    while ports and len(done) < MOST_PAGES and _do_page(start, ports.erasures, erasure_id):
        done.append(Work.JOB)
    return done


def _do_page(start: Start, ports: ErasurePorts, erasure_id: str) -> bool:
    """Do the page that is due; return whether one was."""
    uow = start(ChangeSet())
    erasure = uow.find(Erasure, erasure_id)
    if erasure is None or erasure.due_at > uow.real_now:
        return False
    next_page = None
    if _is_nobody(uow, erasure.customer_id):
        documents = _DOCUMENTS.get(erasure.part)
        step = _ledger if erasure.part == "ledger" else partial(_documents, documents) if documents else _customer
        next_page = step(start, ports, erasure)
    run_use_case(start, partial(go_on, under_way=erasure, next_page=next_page))
    return True


def _is_nobody(uow: UnitOfWork, customer_id: str) -> bool:
    """Whether the customer is erased or removed, and its id not another's by now."""
    customer = uow.find(Customer, customer_id)
    return customer is None or customer.erased_at is not None


def _customer(start: Start, _: ErasurePorts, erasure: Erasure) -> None:
    """Erase the e-mails that are of no document, and let the customer be found by its id alone."""
    _erase_emails(start, "customer", erasure.customer_id)
    _update_words(start, [Ref(Customer, erasure.account, erasure.customer_id)])


def _ledger(start: Start, ports: ErasurePorts, erasure: Erasure) -> str | None:
    """Erase the references of payments in a page of the ledger and, with its first, of payouts."""
    uow = start(ChangeSet())
    query = ListQuery(sorts=(Sort("date", descending=False),), per_page=ENTRIES_AT_ONCE, cursor=erasure.position)
    page = ports.ledger.page(uow.account, erasure.customer_id, query)
    payouts = () if erasure.position else ports.ledger.credit_payouts(uow.account, erasure.customer_id)
    for some in batched((*page.items, *payouts), ENTRIES_AT_ONCE, strict=False):
        run_use_case(start, partial(_save_erased, entries=some))
    return page.next_cursor


def _save_erased(uow: UnitOfWork, entries: Iterable[LedgerEntry | CreditPayout]) -> None:
    """Write what of the ledger is not erased yet; whatever another run has changed already is."""
    for before in entries:
        after = erased_entry(before) if isinstance(before, LedgerEntry) else erased_payout(before)
        if after is not before and ref_of(before) not in uow.changes.outdated:
            uow.changes.save(after)


def _documents(kinds: _Documents, start: Start, ports: ErasurePorts, erasure: Erasure) -> str | None:
    """Erase a page of documents: first their e-mails, then each of them, then their PDFs, which are drawn again.

    PDFs go also where the document is erased already, since who erased it may have died before.
    """
    uow = start(ChangeSet())
    condition = Condition("customer_id", "eq", (erasure.customer_id,))
    query = ListQuery(conditions=(condition,), per_page=AT_ONCE, cursor=erasure.position)
    page = uow.page_of(kinds.kind, query)
    ids = [each.id for each in page.items]
    for identifier in ids:
        _erase_emails(start, kinds.name, identifier)
        run_use_case(start, partial(_erase, kinds=kinds, identifier=identifier))
        ports.objects.remove(*(folder.format(uow.account, identifier) for folder in kinds.folders))
    if kinds.has_words:
        _update_words(start, [Ref(kinds.kind, erasure.account, each) for each in ids])
    return page.next_cursor


def _erase(uow: UnitOfWork, kinds: _Documents, identifier: str) -> None:
    """Erase one document, and what is known of the mailboxes that it names."""
    before = uow.find(kinds.kind, identifier)
    if before is None:
        return
    after = kinds.erase(before, uow.now)
    if after is not before:
        uow.changes.save(after)
        forget(uow, addresses_of(before.buyer) if hasattr(before, "buyer") else ())


def _erase_emails(start: Start, name: str, resource_id: str) -> None:
    """Erase the e-mails that the events of a resource name, some at a time."""
    found = dict.fromkeys(deliveries_of(name, start(ChangeSet()), resource_id))
    for some in batched(found, AT_ONCE, strict=False):
        run_use_case(start, partial(_erase_deliveries, ids=some))


def _erase_deliveries(uow: UnitOfWork, ids: Sequence[str]) -> None:
    uow.prefetch(*((Delivery, each) for each in ids))
    known = [each for each in (uow.find(Delivery, each) for each in ids) if each is not None]
    for before in known:
        after = erased_delivery(before, uow.now)
        if after is not before:
            uow.changes.save(after)
    forget(uow, (each.recipient for each in known if each.recipient and not each.copy))


def _update_words(start: Start, refs: Sequence[Ref[Any]]) -> None:
    """Let entities be found by what they say now."""
    changed = len(refs)
    while changed:
        changed = run_use_case(start, partial(update_words, refs=refs))
