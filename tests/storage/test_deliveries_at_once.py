"""Reports of e-mails, and orders of others, at the same time."""

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.suppression import FailureStreak, Suppression
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.reactions.record_mail_events import MailReport, record_mail_events
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from tests.builders import PAGE_URL, a_delivery, a_new_invoice, an_issued_invoice
from tests.mail_service import mail_report
from tests.storage.reading import events_of
from tests.storage.site import Site, at_once

MAILBOX = "ap@initech.example"


def ids(count: int) -> list[str]:
    return [f"dlv_{number:032x}" for number in range(count)]


def sent(site: Site, count: int) -> list[str]:
    site.keep(an_issued_invoice(account=site.account))
    for each in ids(count):
        site.keep(a_delivery(id=each, account=site.account, status=DeliveryStatus.SENT))
    return ids(count)


def record(site: Site, report: MailReport) -> str:
    return run_use_case(site.uow, lambda uow: record_mail_events(uow, report))


def test_ten_reports_at_once_some_of_them_the_same_are_recorded_once_each(site: Site, local_tables: Database) -> None:
    (delivery_id,) = sent(site, 1)
    names = ["delivery", "bounce", "bounce", "complaint", "delivery", "delivery_delay", "bounce_mailbox_full"]
    reports = [mail_report(name, delivery_id, account=site.account) for name in (*names, *names[:3])]
    outcomes = at_once(10, lambda index: record(site, reports[index]))
    assert sorted(outcomes, key=str) == ["known"] * 5 + ["recorded"] * 5
    delivery = site.store.find(Ref(Delivery, site.account, delivery_id))
    assert delivery is not None
    assert (delivery.status, len(delivery.history), delivery.version) == (DeliveryStatus.COMPLAINED, 5, 6)
    types = [event.type for event in events_of(local_tables, site.account)]
    assert len(types) == len(set(types))
    assert site.store.find(Ref(Suppression, site.account, MAILBOX)) is not None


def test_three_failures_at_once_suppress_the_mailbox_once(site: Site) -> None:
    reports = [mail_report("bounce_timed_out", each, account=site.account) for each in sent(site, 3)]
    outcomes = at_once(9, lambda index: record(site, reports[index % 3]))
    assert sorted(outcomes, key=str) == ["known"] * 6 + ["recorded"] * 3
    streak = site.store.find(Ref(FailureStreak, site.account, MAILBOX))
    assert streak is not None
    assert streak.failed == tuple(ids(3))
    suppression = site.store.find(Ref(Suppression, site.account, MAILBOX))
    assert suppression is not None
    assert (suppression.reason, suppression.version) == ("repeated_soft_bounces", 1)


def test_who_sends_while_the_address_bounces_is_in_time_or_refused(site: Site) -> None:
    """Never is a draft issued for nobody, or a delivery left that nobody hears of."""
    (delivery_id,) = sent(site, 1)
    drafts = [site.create(a_new_invoice()).id for _ in range(9)]
    report = mail_report("bounce", delivery_id, account=site.account)

    def send(draft_id: str) -> object:
        return run_use_case(site.uow, lambda uow: send_invoice(uow, draft_id, EmailRequest(), page_url=PAGE_URL))

    outcomes = at_once(10, lambda index: send(drafts[index]) if index < 9 else record(site, report))
    assert outcomes[9] == "recorded"
    for draft_id, outcome in zip(drafts, outcomes, strict=False):
        stored = site.store.find(Ref(Invoice, site.account, draft_id))
        assert stored is not None
        is_refused = isinstance(outcome, ValidationFailed)
        assert (stored.status, stored.number is None) == (Status.DRAFT if is_refused else Status.SENT, is_refused)
    (last,) = at_once(1, lambda _: send(drafts[0]))
    assert isinstance(last, ValidationFailed)
