"""Creating an invoice."""

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.errors import Conflict, NotFound, ValidationFailed
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.invoices.page_link import PageLink
from invoicing.domain.numbering.series import NumberReservation, NumberSeries
from invoicing.domain.parties.customer import Customer
from invoicing.operations.invoices.create_invoice import create_invoice
from tests.builders import PAGE_URL, a_customer, a_new_invoice, an_account, first_series
from tests.fakes import FakeStore
from tests.office import Office


def create(office: Office, new: NewInvoice | None = None, *, send_email: bool = False) -> Invoice:
    new = new or a_new_invoice()
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=send_email, page_url=PAGE_URL))


def test_a_draft_is_stored_with_the_event_that_tells_of_it(office: Office, store: FakeStore) -> None:
    invoice = create(office)
    assert store.all(Invoice) == [invoice]
    assert (invoice.status, invoice.number, invoice.total) == (Status.DRAFT, None, 183600)
    assert store.event_types() == ["invoice.created"]
    assert store.commits == 1


def test_a_draft_uses_up_no_number(office: Office, store: FakeStore) -> None:
    create(office)
    assert [store.all(kind) for kind in (NumberSeries, NumberReservation, PageLink)] == [[], [], []]


def test_an_unknown_customer_is_refused_and_nothing_is_stored(office: Office, store: FakeStore) -> None:
    with pytest.raises(ValidationFailed) as refused:
        create(office, a_new_invoice(customer_id="cust_404"))
    assert refused.value.code == "INVALID_CUSTOMER"
    assert [(detail.field, detail.code) for detail in refused.value.details] == [("customer_id", "CUSTOMER_NOT_FOUND")]
    assert (store.commits, store.all(Invoice), store.event_types()) == (0, [], [])


def test_the_customer_of_another_account_is_unknown(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(account="acc_1#test", id="cust_other"))
    with pytest.raises(ValidationFailed, match="customer_id does not name an existing customer"):
        create(office, a_new_invoice(customer_id="cust_other"))


def test_without_its_account_a_key_can_do_nothing(store: FakeStore) -> None:
    store.keep(a_customer(account="acc_2"))
    with pytest.raises(NotFound) as refused:
        create(Office(store, account="acc_2"))
    assert refused.value.code == "ACCOUNT_NOT_FOUND"


def test_the_clients_own_number_is_reserved_for_its_invoice(office: Office, store: FakeStore) -> None:
    invoice = create(office, a_new_invoice(number="OWN-1"))
    assert invoice.number == "OWN-1"
    assert [(taken.id, taken.taken_by) for taken in store.all(NumberReservation)] == [("OWN-1", invoice.id)]


def test_a_number_that_is_taken_is_refused_and_leads_to_the_invoice_that_has_it(
    office: Office, store: FakeStore
) -> None:
    first = create(office, a_new_invoice(number="OWN-1"))
    with pytest.raises(Conflict) as refused:
        create(office, a_new_invoice(number="OWN-1"), send_email=True)
    assert refused.value.code == "DUPLICATE_INVOICE_NUMBER"
    assert [(detail.field, detail.code) for detail in refused.value.details] == [
        ("invoice_number", "INVOICE_NUMBER_EXISTS")
    ]
    assert refused.value.extra == {"existing_resource": f"/invoices/{first.id}"}
    assert store.all(Invoice) == [first]
    assert store.event_types() == ["invoice.created"]


def test_a_number_that_the_series_gave_is_taken_too(office: Office) -> None:
    sent = create(office, send_email=True)
    with pytest.raises(Conflict) as refused:
        create(office, a_new_invoice(number=sent.number))
    assert refused.value.extra == {"existing_resource": f"/invoices/{sent.id}"}


def test_sending_at_once_makes_number_page_delivery_and_events_in_one_commit(office: Office, store: FakeStore) -> None:
    invoice = create(office, a_new_invoice(email_subject="Hello", email_message="Please pay"), send_email=True)
    assert store.commits == 1
    assert (invoice.status, invoice.number, invoice.version) == (Status.SENT, "INV-2026-001", 1)
    assert (invoice.seller, invoice.sent_at) == (an_account().as_seller("USD", "en"), office.now)
    assert store.all(Invoice) == [invoice]
    assert [(taken.id, taken.taken_by) for taken in store.all(NumberReservation)] == [("INV-2026-001", invoice.id)]
    assert [dict(series.next_values) for series in store.all(NumberSeries)] == [{"2026": 2}]
    assert [(page.id, page.invoice_id) for page in store.all(PageLink)] == [(invoice.page_token, invoice.id)]
    (delivery,) = store.all(Delivery)
    assert (delivery.status, delivery.to, delivery.document_id) == (
        DeliveryStatus.QUEUED, ("ap@initech.example",), invoice.id,
    )  # fmt: skip
    assert (delivery.subject, delivery.message) == ("Hello", "Please pay")
    assert delivery.hosted_url == f"{PAGE_URL}/{invoice.page_token}"
    created, sent = (store.events[key] for key in sorted(store.events))
    assert (created.type, created.data["status"], created.data["email_requested"]) == (
        "invoice.created",
        "draft",
        False,
    )
    assert (sent.type, sent.data["status"], sent.data["delivery_ids"]) == ("invoice.sent", "sent", [delivery.id])


def test_sending_at_once_under_an_own_number_leaves_the_series_alone(office: Office, store: FakeStore) -> None:
    assert create(office, a_new_invoice(number="OWN-1"), send_email=True).number == "OWN-1"
    assert store.all(NumberSeries) == []
    assert len(store.all(NumberReservation)) == 1


def test_sending_at_once_to_nobody_stores_nothing(office: Office, store: FakeStore) -> None:
    store.keep(a_customer(email=None))
    with pytest.raises(ValidationFailed) as refused:
        create(office, send_email=True)
    assert [detail.code for detail in refused.value.details] == ["RECIPIENT_MISSING"]
    assert (store.commits, store.all(Invoice), store.all(NumberSeries)) == (0, [], [])


def test_a_customer_changed_between_read_and_commit_is_read_anew(office: Office, store: FakeStore) -> None:
    renamed = a_customer(version=2, name="Initrode", currency="CHF", has_invoices=True)
    store.before_next_commit(lambda: store.keep(renamed))
    invoice = create(office)
    assert (invoice.buyer.name, invoice.buyer.version, invoice.currency) == ("Initrode", 2, "CHF")
    assert store.all(Invoice) == [invoice]
    assert store.event_types() == ["invoice.created"]


def test_a_customer_deleted_between_read_and_commit_is_unknown(office: Office, store: FakeStore) -> None:
    store.before_next_commit(lambda: store.entities.pop((Customer, "acc_1", "cust_123")))
    with pytest.raises(ValidationFailed) as refused:
        create(office)
    assert refused.value.code == "INVALID_CUSTOMER"
    assert store.all(Invoice) == []


def test_two_invoices_sent_at_the_same_time_get_two_numbers(office: Office, store: FakeStore) -> None:
    other = Office(store, ids=office.ids)
    store.before_next_commit(lambda: create(other, send_email=True))
    assert create(office, send_email=True).number == "INV-2026-002"
    assert sorted(taken.id for taken in store.all(NumberReservation)) == ["INV-2026-001", "INV-2026-002"]
    assert [dict(series.next_values) for series in store.all(NumberSeries)] == [{"2026": 3}]


@pytest.mark.parametrize("imported", [1, 99, 100, 101, 350])
def test_the_series_skips_any_number_of_clients_own_numbers_at_once(
    office: Office, store: FakeStore, imported: int
) -> None:
    """Whoever imported this year's invoices under their old numbers must still be able to issue the next one."""
    store.keep(
        *(
            NumberReservation(account="acc_1", id=f"INV-2026-{number:03}", taken_by="inv_old")
            for number in range(1, imported + 1)
        )
    )
    assert create(office, send_email=True).number == f"INV-2026-{imported + 1:03}"
    assert [series.version for series in store.all(NumberSeries)] == [1]
    assert create(office, send_email=True).number == f"INV-2026-{imported + 2:03}"
    assert store.reads < 10


def test_own_numbers_among_those_of_the_series_leave_no_gap(office: Office, store: FakeStore) -> None:
    for number in (2, 3, 5):
        create(office, a_new_invoice(number=f"INV-2026-{number:03}"))
    numbers = [create(office, send_email=True).number for _ in range(4)]
    assert numbers == ["INV-2026-001", "INV-2026-004", "INV-2026-006", "INV-2026-007"]


def test_live_and_test_mode_count_for_themselves(office: Office, store: FakeStore) -> None:
    test_mode = Office(store, account="acc_1#test", ids=office.ids)
    store.keep(an_account(account="acc_1#test"), a_customer(account="acc_1#test"))
    numbers = [create(side, send_email=True).number for side in (office, test_mode, office)]
    assert numbers == ["INV-2026-001", "INV-2026-001", "INV-2026-002"]


def test_the_pattern_of_the_account_writes_its_numbers(office: Office, store: FakeStore) -> None:
    store.keep(an_account(number_series=first_series("R{seq:06}")))
    assert create(office, send_email=True).number == "R000001"
