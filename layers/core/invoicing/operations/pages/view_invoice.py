"""Show the hosted page of an invoice, and record when its customer first opens it."""

from dataclasses import replace

from invoicing.domain.access.caller import split_partition
from invoicing.domain.errors import not_found
from invoicing.domain.events.invoices import INVOICE_VIEWED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued, mark_viewed
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.test_clocks.reading import TEST_CLOCK
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def view_invoice(uow: UnitOfWork, token: str, *, by_person: bool) -> Invoice:
    """Return the invoice of a token; ``by_person`` is False for mail scanners and link previews.

    `NotFound` ``INVOICE_NOT_FOUND`` for an unknown token. The account of the unit of work is not used: the token names
    it.
    """
    link = uow.store.find(Ref(PageLink, "", token))
    invoice, uow = _read(uow, link) if link else (None, uow)
    if invoice is None or not is_issued(invoice):
        raise not_found("Invoice", token)
    opened = mark_viewed(invoice, uow.now) if by_person else None
    if opened is None:
        return invoice
    uow.changes.save(opened)
    uow.record(INVOICE_VIEWED, opened)
    return opened


def _read(uow: UnitOfWork, link: PageLink) -> tuple[Invoice | None, UnitOfWork]:
    """Return the invoice, and the unit of work under the test clock of its account."""
    invoice = Ref(Invoice, link.account, link.invoice_id)
    if split_partition(link.account)[1] == "live":
        return uow.store.find(invoice), uow
    from invoicing.domain.test_clocks.test_clock import TestClock  # noqa: PLC0415

    found, clock = uow.store.find_together(invoice, Ref(TestClock, link.account, TEST_CLOCK))
    return found, replace(uow, account=link.account, clock=clock.reading if clock else None)
