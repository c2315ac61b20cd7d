"""E-mails under a test clock: most are simulated, and an advance waits for the others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.test_clocks.test_clock import ClockStatus
from invoicing.identifiers import new_id
from invoicing.operations.documents.order_email import EmailRequest
from invoicing.operations.invoices.send_invoice import send_invoice
from tests.builders import PAGE_URL, an_account
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice
from tests.operations.test_clock.waiting import LATER, START, midnight, sent_at, write

OWN = "Billing@Acme.example"
SIMULATOR = "bounce+1@simulator.amazonses.com"


@pytest.fixture
def frozen(frozen: ClockOffice) -> ClockOffice:
    frozen.store.keep(an_account(account=ACCOUNT, time_zone="UTC", email=OWN))
    return frozen


def order(office: ClockOffice, *to: str, number: int = 1, at: object = None) -> None:
    """Send an invoice to some addresses, or schedule that."""
    write(office, replace(sent_at(START, number), scheduled_send=None))
    email = EmailRequest(to=to)
    office.run_use_case(
        lambda uow: send_invoice(uow, f"inv_{number:03}", email, page_url=PAGE_URL, send_at=at)  # type: ignore[arg-type]
    )


def states(office: ClockOffice) -> dict[str | None, DeliveryStatus]:
    return {each.recipient: each.status for each in office.store.all(Delivery)}


def requested(office: ClockOffice) -> list[bool]:
    """Whether events ask for e-mails."""
    return [
        each.data["email_requested"]
        for each in office.store.events.values()
        if each.type in {"invoice.sent", "invoice.resent"}
    ]


def test_most_are_simulated_and_nothing_asks_for_them(frozen: ClockOffice) -> None:
    order(frozen, "ada@example.com", "bob@example.com")
    assert set(states(frozen).values()) == {DeliveryStatus.SIMULATED}
    assert requested(frozen) == [False]


def test_those_to_the_account_itself_and_to_the_simulator_are_sent(frozen: ClockOffice) -> None:
    order(frozen, "ada@example.com", OWN.lower(), SIMULATOR, "eve@notsimulator.amazonses.com.example")
    assert states(frozen) == {
        "ada@example.com": DeliveryStatus.SIMULATED,
        OWN.lower(): DeliveryStatus.QUEUED,
        SIMULATOR: DeliveryStatus.QUEUED,
        "eve@notsimulator.amazonses.com.example": DeliveryStatus.SIMULATED,
    }
    assert requested(frozen) == [True]


def test_sent_again_it_is_simulated_again(frozen: ClockOffice) -> None:
    order(frozen, "ada@example.com")
    email = EmailRequest(to=("ada@example.com",))
    frozen.run_use_case(lambda uow: send_invoice(uow, "inv_001", email, page_url=PAGE_URL))
    assert requested(frozen) == [False, False]


def test_without_a_clock_everything_is_sent(frozen: ClockOffice) -> None:
    frozen.delete()
    order(frozen, "ada@example.com")
    assert states(frozen) == {"ada@example.com": DeliveryStatus.QUEUED}


def test_what_was_ordered_under_a_clock_stays_simulated_without_it(frozen: ClockOffice) -> None:
    order(frozen, "ada@example.com")
    frozen.delete()
    assert states(frozen) == {"ada@example.com": DeliveryStatus.SIMULATED}


def test_an_advance_does_not_wait_for_simulated_ones(frozen: ClockOffice) -> None:
    order(frozen, "ada@example.com", at=midnight(10))
    before = frozen.now
    assert frozen.advance(LATER).status is ClockStatus.READY
    assert (states(frozen), frozen.now) == ({"ada@example.com": DeliveryStatus.SIMULATED}, before)


def test_an_advance_is_ready_when_its_mails_are_handed_over(
    frozen: ClockOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for the e-mail queue, in as many slices as that takes."""
    frozen.ids.new_id = new_id  # type: ignore[method-assign]
    for number in range(3):
        order(frozen, OWN, number=number, at=midnight(10 + number))
    clock = frozen.advance(LATER)
    assert (clock.status, clock.done, len(clock.mails)) == (
        ClockStatus.ADVANCING,
        {"scheduled_sends": 3, "overdue": 3},
        3,
    )
    first, *others = frozen.store.all(Delivery)
    frozen.store.keep(replace(first, status=DeliveryStatus.SENT))
    frozen.take(frozen.queue.queued.pop())
    assert frozen.clock
    assert frozen.clock.mails == tuple(each.id for each in others)
    frozen.store.keep(*(replace(each, status=DeliveryStatus.FAILED) for each in others))
    frozen.take(frozen.queue.queued.pop())
    assert (frozen.clock.status, frozen.clock.mails) == (ClockStatus.READY, ())


def test_it_does_not_wait_for_ever(frozen: ClockOffice) -> None:
    """The e-mail queue tries for hours what the mail service does not take."""
    frozen.ids.new_id = new_id  # type: ignore[method-assign]
    order(frozen, OWN, at=midnight(10))
    assert frozen.advance(LATER).status is ClockStatus.ADVANCING
    frozen.now += timedelta(days=30)
    frozen.take(frozen.queue.queued.pop())
    assert frozen.clock
    assert frozen.clock.status is ClockStatus.READY
    assert states(frozen) == {OWN: DeliveryStatus.QUEUED}


def test_it_is_not_far_ahead_of_the_mail_queue(frozen: ClockOffice) -> None:
    frozen.ids.new_id = new_id  # type: ignore[method-assign]
    for number in range(12):
        order(frozen, OWN, number=number, at=midnight(10 + number))
    clock = frozen.advance(LATER)
    assert (clock.status, clock.now, len(clock.mails)) == (ClockStatus.ADVANCING, midnight(19), 10)
