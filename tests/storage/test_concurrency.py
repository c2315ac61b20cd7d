"""The promises under real threads, on Amazon's own DynamoDB Local."""

import time
from dataclasses import replace

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Conflict, Unavailable
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.lifecycle import mark_viewed
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.invoices.views import InvoiceViews
from invoicing.domain.numbering.series import NumberSeries
from invoicing.domain.portal.portal_link import PortalLink
from invoicing.operations.invoices.rotate_hosted_link import rotate_hosted_link
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.operations.pages.request_portal_link import request_portal_link
from invoicing.operations.pages.view_invoice import view_invoice
from invoicing.operations.reactions.deliver_email import DeliveryInProgress
from invoicing.operations.unit_of_work.change_set import (
    ChangeSet,
    IdempotencyRecord,
    IdempotentReplay,
    Ref,
    WriteConflict,
)
from invoicing.operations.unit_of_work.unit_of_work import run_use_case
from invoicing.storage.dynamodb.database import Database
from tests.builders import (
    NOW,
    a_customer,
    a_delivery,
    a_new_invoice,
    an_event,
    an_invoice,
    an_issued_invoice,
)
from tests.fakes import FakeMailer
from tests.sending import deliver_one, email_services
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.reading import events_of, keys_of_invoices
from tests.storage.site import Site, at_once

pytestmark = ON_DYNAMODB_LOCAL

EVENT = an_event("invoice.viewed", an_issued_invoice(), id="evt_1")


def test_200_drafts_sent_at_once_get_200_consecutive_numbers(site: Site, local_tables: Database) -> None:
    """A client that gets 503 retries after the given time: two cores do the work of 200 functions here."""
    drafts = [an_invoice(account=site.account, id=f"inv_{index}") for index in range(200)]
    site.keep(*drafts[:100])
    site.keep(*drafts[100:])

    def send(index: int) -> Invoice:
        while True:
            try:
                return site.send(drafts[index].id)
            except Unavailable as later:
                time.sleep(later.extra["retry_after"])

    sent = at_once(200, send)
    numbers = [f"INV-2026-{number:03}" for number in range(1, 201)]
    assert sorted(invoice.number or "" for invoice in sent if isinstance(invoice, Invoice)) == numbers
    stored = [site.store.find(Ref(Invoice, site.account, draft.id)) for draft in drafts]
    assert sorted(invoice.number or "" for invoice in stored if invoice) == numbers
    assert [key for key in keys_of_invoices(local_tables, site.account) if key.startswith("number#")] == [
        f"number#{number}" for number in numbers
    ]
    series = site.store.find(Ref(NumberSeries, site.account, "series_invoice"))
    assert series is not None
    assert (dict(series.next_values), series.version) == ({"2026": 201}, 200)
    assert [event.type for event in events_of(local_tables, site.account)] == ["invoice.sent"] * 200


def test_slots_taken_by_50_at_once_do_not_overlap(site: Site) -> None:
    series = Ref(NumberSeries, site.account, "series_invoice")
    begun = at_once(50, lambda _: site.store.reserve_slot(series, now=1000.0, latest=1009.0, length=0.04))
    assert sorted(slot for slot in begun if isinstance(slot, float)) == [
        pytest.approx(1000 + 0.04 * index) for index in range(50)
    ]


def test_one_draft_sent_by_10_at_once_is_issued_once_and_mailed_to_each_who_asked(
    site: Site, local_tables: Database
) -> None:
    draft = site.create(a_new_invoice())
    sent = at_once(10, lambda _: site.send(draft.id))
    assert {(invoice.number, invoice.page_token) for invoice in sent if isinstance(invoice, Invoice)} == {
        ("INV-2026-001", site.store.find(Ref(Invoice, site.account, draft.id)).page_token)  # type: ignore[union-attr]
    }
    deliveries = [event.data["delivery_ids"][0] for event in events_of(local_tables, site.account)[1:]]
    assert len(set(deliveries)) == 10


def test_one_idempotency_key_used_10_times_at_once_makes_one_invoice(site: Site, local_tables: Database) -> None:
    records = [
        IdempotencyRecord(account=site.account, key="k", request_hash=f"thread {index}", answer={}, created_at=NOW)
        for index in range(10)
    ]
    outcomes = at_once(10, lambda index: site.create(a_new_invoice(), records[index]))
    made = [outcome for outcome in outcomes if isinstance(outcome, Invoice)]
    losers = [outcome for outcome in outcomes if isinstance(outcome, IdempotentReplay)]
    assert (len(made), len(losers)) == (1, 9)
    assert keys_of_invoices(local_tables, site.account) == [made[0].id]
    winner = f"thread {outcomes.index(made[0])}"
    assert {loser.record.request_hash for loser in losers} == {winner}
    assert [event.resource_id for event in events_of(local_tables, site.account)] == [made[0].id]


def test_one_own_number_asked_for_10_times_at_once_has_one_winner(site: Site, local_tables: Database) -> None:
    outcomes = at_once(10, lambda _: site.create(a_new_invoice(number="OWN-1")))
    (winner,) = (outcome for outcome in outcomes if isinstance(outcome, Invoice))
    losers = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert [loser.code for loser in losers] == ["DUPLICATE_INVOICE_NUMBER"] * 9
    assert {loser.extra["existing_resource"] for loser in losers} == {f"/invoices/{winner.id}"}
    assert keys_of_invoices(local_tables, site.account) == [winner.id, "number#OWN-1"]
    assert [event.resource_id for event in events_of(local_tables, site.account)] == [winner.id]


def test_a_page_opened_by_10_at_once_is_viewed_once(site: Site, local_tables: Database) -> None:
    sent = site.send(site.create(a_new_invoice()).id)
    token = sent.page_token or ""
    outcomes = at_once(10, lambda _: run_use_case(site.uow, lambda uow: view_invoice(uow, token, "browser")))
    assert [invoice.status for invoice in outcomes if isinstance(invoice, Invoice)] == [Status.VIEWED] * 10
    assert [event.type for event in events_of(local_tables, site.account)].count("invoice.viewed") == 1


def test_10_views_at_once_are_10_in_the_log(site: Site) -> None:
    sent = site.send(site.create(a_new_invoice()).id)
    token = sent.page_token or ""
    at_once(10, lambda _: run_use_case(site.uow, lambda uow: view_invoice(uow, token, "scanner")))
    log = site.store.find(Ref(InvoiceViews, site.account, sent.id))
    assert log is not None
    assert (len(log.views), log.version) == (10, 10)


def test_a_link_rotated_by_10_at_once_leaves_one_that_works(site: Site) -> None:
    sent = site.send(site.create(a_new_invoice()).id)
    outcomes = at_once(10, lambda _: run_use_case(site.uow, lambda uow: rotate_hosted_link(uow, sent.id)))
    made = [each.page_token or "" for each in outcomes if isinstance(each, Invoice)]
    left = [token for token in (*made, sent.page_token or "") if site.store.find(Ref(PageLink, "", token))]
    stored = site.store.find(Ref(Invoice, site.account, sent.id))
    assert stored is not None
    assert (len(set(made)), left) == (10, [stored.page_token])


def test_portal_links_ordered_by_10_at_once_are_3(site: Site, local_tables: Database) -> None:
    sent = site.send(site.create(a_new_invoice()).id)
    token, portals = sent.page_token or "", "https://api.example.com/v1/invoicing/c"
    at_once(10, lambda _: run_use_case(site.uow, lambda uow: request_portal_link(uow, token, portal_url=portals)))
    types = [event.type for event in events_of(local_tables, site.account)]
    assert types.count("customer.portal_link_sent") == 3
    listed = site.store.page_of(
        PortalLink, site.account, ListQuery(conditions=(Condition("customer_id", "eq", ("cust_123",)),))
    )
    assert (len(listed.items), listed.total) == (3, 3)


def test_an_email_attempted_by_10_at_once_is_sent_once(site: Site) -> None:
    site.keep(an_issued_invoice(account=site.account), a_delivery(account=site.account))
    mailer = FakeMailer()
    services = email_services(mailer)
    outcomes = at_once(10, lambda _: deliver_one(site.uow(ChangeSet()), services))
    assert len(mailer.taken) == 1
    assert all(isinstance(outcome, (Delivery, DeliveryInProgress)) for outcome in outcomes)
    delivery = site.store.find(Ref(Delivery, site.account, "dlv_1"))
    assert delivery is not None
    assert (delivery.status, delivery.version) == (DeliveryStatus.SENT, 3)


def test_a_customer_renamed_while_drafts_are_sent_is_never_copied_half_way(site: Site) -> None:
    """Whatever version an invoice says it copied, it copied all of it."""
    drafts = [site.create(a_new_invoice()).id for _ in range(10)]

    def act(index: int) -> object:
        if index < 10:
            return site.send(drafts[index])
        customer = a_customer(account=site.account)
        for version in range(2, 12):
            customer = replace(customer, version=version, name=f"name {version}", email=f"v{version}@x.example")
            site.keep(customer)
        return None

    at_once(11, act)
    for draft in drafts:
        invoice = site.store.find(Ref(Invoice, site.account, draft))
        assert invoice is not None
        assert invoice.status is Status.SENT
        version = invoice.buyer.version
        expected = (
            ("Initech Ltd.", "ap@initech.example") if version == 1 else (f"name {version}", f"v{version}@x.example")
        )
        assert (invoice.buyer.name, invoice.buyer.email) == expected


def test_of_10_who_change_the_same_version_one_succeeds(site: Site, local_tables: Database) -> None:
    """Each writes an event with its change: there is one event, the winner's."""
    invoice = an_issued_invoice(account=site.account)
    site.keep(invoice)
    opened = mark_viewed(invoice, NOW)
    assert opened is not None

    def change(index: int) -> int | None:
        changes = ChangeSet()
        changes.save(replace(opened, notes=f"thread {index}"))
        changes.record(
            opened, lambda sequence: replace(EVENT, account=site.account, id=f"evt_{index}", sequence=sequence)
        )
        try:
            site.store.commit(changes)
        except WriteConflict:
            return None
        return index

    (winner,) = (index for index in at_once(10, change) if index is not None)
    assert [event.id for event in events_of(local_tables, site.account)] == [f"evt_{winner}"]
    stored = site.store.find(Ref(Invoice, site.account, "inv_1"))
    assert stored is not None
    assert stored.notes == f"thread {winner}"
