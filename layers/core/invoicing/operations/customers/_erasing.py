"""Erase a customer: itself at once, all that knows it soon after."""

from collections.abc import Iterable

from invoicing.domain.calendar import today
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.domain.erasure.customer import addresses_of, erased_customer, require_erasable
from invoicing.domain.erasure.erasure import Erasure, begun, erasure_id
from invoicing.domain.events.customers import CUSTOMER_DELETED, CUSTOMER_ERASED
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.query import ListQuery, Sort
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_NEWEST = ListQuery(sorts=(Sort("date", descending=True),), per_page=1)


def erase_customer(uow: UnitOfWork, customer: Customer, ledger: Ledger) -> None:
    """Leave nothing in the customer that says who it is, or remove one without documents; its documents follow soon.

    Every issued document has a ledger entry, so the newest entry says when retention ends. An erased customer stays as
    it is. `Conflict` as `require_erasable`.
    """
    if customer.erased_at is not None:
        return
    if customer.has_invoices:
        newest = ledger.page(uow.account, customer.id, _NEWEST).items
        account = uow.get(Account, PROFILE)
        day = today(uow.now, account.time_zone)
        require_erasable(customer, newest[0].date if newest else None, account.retention_years, day)
        erased = erased_customer(customer, uow.now)
        uow.changes.save(erased)
        uow.record(CUSTOMER_ERASED, erased)
    else:
        uow.changes.remove(customer)
        uow.record(CUSTOMER_DELETED, customer)
    forget(uow, addresses_of(customer))
    under_way = uow.find(Erasure, erasure_id(customer.id))
    uow.changes.save(begun(under_way, uow.account, customer.id, uow.real_now))


def forget(uow: UnitOfWork, addresses: Iterable[str]) -> None:
    """Remove the suppressions of mailboxes, and their latest failures; one request, none without addresses."""
    mailboxes = dict.fromkeys(map(mailbox_of, addresses))
    if not mailboxes:
        return
    uow.prefetch(*((kind, mailbox) for mailbox in mailboxes for kind in (Suppression, FailureStreak)))
    for mailbox in mailboxes:
        for found in (uow.find(Suppression, mailbox), uow.find(FailureStreak, mailbox)):
            if found is not None:
                uow.changes.remove(found)
