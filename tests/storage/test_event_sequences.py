"""Events of a resource are numbered from 1 without a gap or a duplicate, whoever records them at the same time."""

from dataclasses import replace
from decimal import Decimal

import pytest

from invoicing.domain.events.invoices import INVOICE_EMAIL_BOUNCED
from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.pages.view_invoice import view_invoice
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref, WriteConflict
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork, run_use_case
from invoicing.storage.dynamodb.database import Database
from tests.builders import PAGE_URL, a_new_invoice
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


def bounce(uow: UnitOfWork, invoice_id: str) -> None:
    """An event that changes nothing of the invoice, as the e-mail worker records it."""
    uow.record(INVOICE_EMAIL_BOUNCED, uow.get(Invoice, invoice_id))


def test_events_recorded_at_the_same_time_have_every_number_once(site: Site, local_tables: Database) -> None:
    sent = site.send(site.create(a_new_invoice()).id)
    payment = NewPayment(amount=Decimal(1), method="cash")

    def act(index: int) -> None:
        match index % 4:
            case 0:
                run_use_case(site.uow, lambda uow: bounce(uow, sent.id))
            case 1:
                run_use_case(site.uow, lambda uow: record_invoice_payment(uow, sent.id, payment))
            case 2:
                run_use_case(site.uow, lambda uow: view_invoice(uow, sent.page_token or "", "browser"))
            case _:
                run_use_case(site.uow, lambda uow: send_invoice(uow, sent.id, EmailRequest(), page_url=PAGE_URL))

    assert at_once(12, act) == [None] * 12
    of_invoice = [event for event in events_of(local_tables, site.account) if event.resource_id == sent.id]
    # created, sent; 3 bounces, 3 payments, 1 view, 3 resends
    assert sorted(event.sequence for event in of_invoice) == list(range(1, 13))
    stored = site.store.find(Ref(Invoice, site.account, sent.id))
    assert stored is not None
    assert (stored.sequence, stored.version) == (12, sent.version + 4)


def test_an_event_alone_leaves_the_version_and_one_of_two_is_retried(site: Site) -> None:
    sent = site.send(site.create(a_new_invoice()).id)
    before = site.store.find(Ref(Invoice, site.account, sent.id))
    assert before is not None
    first, second = site.uow(ChangeSet()), site.uow(ChangeSet())
    for uow in (first, second):
        uow.record(INVOICE_EMAIL_BOUNCED, before)
    first.store.commit(first.changes)
    with pytest.raises(WriteConflict):
        second.store.commit(second.changes)
    after = site.store.find(Ref(Invoice, site.account, sent.id))
    assert after is not None
    assert (after.version, after.sequence) == (before.version, before.sequence + 1)


def test_a_change_that_read_before_an_event_conflicts(site: Site) -> None:
    """Writing the entity as it was read would set its sequence back."""
    sent = site.send(site.create(a_new_invoice()).id)
    read = site.store.find(Ref(Invoice, site.account, sent.id))
    assert read is not None
    run_use_case(site.uow, lambda uow: bounce(uow, sent.id))
    changes = ChangeSet()
    changes.save(replace(read, version=read.version + 1, notes="late"))
    with pytest.raises(WriteConflict):
        site.store.commit(changes)


def test_a_resource_that_is_only_marked_keeps_its_sequence(site: Site, local_tables: Database) -> None:
    """A customer is marked by its first invoice without an event of its own."""
    run_use_case(site.uow, lambda uow: update_customer(uow, "cust_123", {"name": "New"}, page_url=PAGE_URL))
    site.create(a_new_invoice())
    run_use_case(site.uow, lambda uow: update_customer(uow, "cust_123", {"name": "Newer"}, page_url=PAGE_URL))
    events = [event for event in events_of(local_tables, site.account) if event.resource_id == "cust_123"]
    assert [event.sequence for event in events] == [1, 2]
