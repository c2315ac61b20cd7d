"""Receipts under real threads, on Amazon's own DynamoDB Local: each is ordered once and sent once, or not at all."""

from collections import Counter
from decimal import Decimal

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Conflict
from invoicing.domain.payments.payment import Payment
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.payments.record_invoice_payment import NewPayment, record_invoice_payment
from invoicing.operations.payments.reverse_payment import reverse_payment
from invoicing.operations.payments.send_payment_receipt import send_payment_receipt
from invoicing.operations.unit_of_work.change_set import ChangeSet, IdempotencyRecord, IdempotentReplay
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.deliveries import DeliveryRecord
from invoicing.storage.ledger import DynamoLedger
from tests.builders import NOW, an_issued_invoice
from tests.fakes import FakeMailer
from tests.sending import an_order, deliver_one, email_services
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of, items_of
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]


@pytest.fixture
def payment(site: Site) -> Payment:
    site.keep(an_issued_invoice(account=site.account))
    new = NewPayment(amount=Decimal(100), method="cash")
    return run_use_case(site.uow, lambda uow: record_invoice_payment(uow, "inv_1", new))


def send(site: Site, payment: Payment, record: IdempotencyRecord | None = None) -> Payment:
    return run_use_case(site.uow, lambda uow: send_payment_receipt(uow, payment.id, EmailRequest()), lambda _: record)


def deliveries(site: Site, database: Database) -> list[Delivery]:
    items = items_of(database, DeliveryRecord.Meta.table_name, site.account)
    return [DeliveryRecord.entity_of(item) for item in items]


def test_one_key_used_10_times_at_once_orders_one_email(site: Site, local_tables: Database, payment: Payment) -> None:
    def record(index: int) -> IdempotencyRecord:
        return IdempotencyRecord(account=site.account, key="k", request_hash=str(index), answer={}, created_at=NOW)

    outcomes = at_once(10, lambda index: send(site, payment, record(index)))
    assert Counter(type(each) for each in outcomes) == {Payment: 1, IdempotentReplay: 9}
    (delivery,) = deliveries(site, local_tables)
    sent = [each for each in events_of(local_tables, site.account) if each.type == "payment.receipt_sent"]
    assert [each.data["delivery_ids"] for each in sent] == [[delivery.id]]


def test_10_orders_at_once_are_10_emails_with_events_without_a_gap(
    site: Site, local_tables: Database, payment: Payment
) -> None:
    at_once(10, lambda _: send(site, payment))
    events = [each for each in events_of(local_tables, site.account) if each.resource_id == payment.id]
    assert [each.sequence for each in events] == list(range(1, 13))
    named = {delivery_id for each in events for delivery_id in each.data.get("delivery_ids", ())}
    assert named == {each.id for each in deliveries(site, local_tables)}
    assert len(named) == 10


def test_of_10_workers_at_once_one_sends(site: Site, local_tables: Database, payment: Payment) -> None:
    send(site, payment)
    (delivery,) = deliveries(site, local_tables)
    mailer = FakeMailer()
    order = an_order(delivery.id, document_id=payment.id, document="receipt")
    at_once(10, lambda _: deliver_one(site.uow(ChangeSet()), email_services(mailer), order))
    assert len(mailer.taken) == 1
    assert [each.status for each in deliveries(site, local_tables)] == [DeliveryStatus.SENT]


@pytest.mark.parametrize("round_", range(5))
def test_a_reversal_at_the_same_time_comes_before_the_email_or_after_it(
    site: Site, local_tables: Database, payment: Payment, round_: int
) -> None:
    """A receipt that went out was true when the mail service was called; one that was not is skipped or refused."""
    send(site, payment)
    (delivery,) = deliveries(site, local_tables)
    mailer = FakeMailer()
    order = an_order(delivery.id, document_id=payment.id, document="receipt")
    ledger = DynamoLedger(local_tables)

    def act(index: int) -> object:
        if index == round_ % 3:
            return run_use_case(site.uow, lambda uow: reverse_payment(uow, payment.id, "Bounced", ledger))
        if index == 3:
            return send(site, payment)
        return deliver_one(site.uow(ChangeSet()), email_services(mailer), order)

    outcomes = at_once(4, act)
    first, *later = deliveries(site, local_tables)
    assert (first.status, len(mailer.taken)) in {(DeliveryStatus.SENT, 1), (DeliveryStatus.SKIPPED, 0)}
    assert isinstance(outcomes[3], Conflict) == (later == [])
    for each in later:
        late = an_order(each.id, document_id=payment.id, document="receipt")
        assert deliver_one(site.uow(ChangeSet()), email_services(mailer), late).status is DeliveryStatus.SKIPPED
