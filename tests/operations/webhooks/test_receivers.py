"""Receivers that fail, hang, drop, restart and lose: each gets every event, and knows every invoice after a replay."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest

from invoicing import exact_json
from invoicing.domain.errors import InvoicingError
from invoicing.domain.events.invoices import invoice_summary
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.payments.payment import Payment
from invoicing.operations.invoices.create_invoice import create_invoice
from invoicing.operations.invoices.delete_invoice import delete_invoice
from invoicing.operations.invoices.write_off_invoice import write_off_invoice
from invoicing.operations.payments.refund_payment import NewRefund, refund_payment
from invoicing.operations.webhooks._ports import Answer
from tests.books import credit_note, issue, ledger_of, pay
from tests.builders import PAGE_URL, Ids, a_new_invoice
from tests.examples import examples
from tests.fake_webhooks import BROKEN, OK, Post
from tests.fakes import FakeStore
from tests.functions.test_receivers_of_webhooks import code
from tests.office import Office
from tests.operations.webhooks.conftest import posting as posting  # noqa: PLC0414 - a fixture
from tests.operations.webhooks.posting import Posting
from tests.operations.webhooks.test_replay_webhook import replay

SAID = ("status", "total", "amount_payable", "amount_paid", "amount_due")
Apply = Callable[[dict[str, Any], Any], None]


def the_guides_apply() -> Apply:
    """What the guide says to do with an event."""
    defined: dict[str, Any] = {}
    exec(code("python", "def apply"), defined)  # noqa: S102
    found: Apply = defined["apply"]
    return found


@dataclass
class Receiver:
    """An endpoint with a copy of all invoices; ``loses`` is how much of what it said to have it does not keep."""

    random: Random
    loses: float = 0
    is_well: bool = False
    copy: dict[str, Any] = field(default_factory=dict)
    got: dict[str, set[bytes]] = field(default_factory=dict)
    apply: Apply = field(default_factory=the_guides_apply)

    def answer(self, post: Post) -> Answer:
        mood = "well" if self.is_well else self.random.choice(("well", "well", "fails", "drops", "hangs", "restarts"))
        if mood in {"well", "hangs"}:
            self._take(post)
        if mood == "restarts":
            self.copy.clear()
        return {"well": OK, "hangs": Answer(error="timeout"), "drops": Answer(error="connection_failed")}.get(
            mood, BROKEN
        )

    def _take(self, post: Post) -> None:
        self.got.setdefault(post.headers["webhook-id"], set()).add(post.body)
        if self.random.random() >= self.loses:
            self.apply(self.copy, exact_json.loads(post.body))


class IdsOfTheTime(Ids):
    """Identifiers that tell the time of an office, as real ones do."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now, self._count = now, count(1)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_{int(self._now().timestamp() * 1000):012x}7{next(self._count):03x}8000000000000000"


def live(posting: Posting, store: FakeStore, random: Random) -> None:
    """Something happens to an invoice, and its events are published."""
    office, known = posting.office, set(store.events)
    open_ones = [each for each in store.all(Invoice) if each.number and each.amount_due]
    paid = [each for each in store.all(Payment) if each.left]
    drafts = [each for each in store.all(Invoice) if not each.number]
    steps: list[Callable[[], Any]] = [lambda: issue(office), lambda: draft(office)]
    if open_ones:
        chosen = random.choice(open_ones)
        steps += [lambda: pay(office, chosen, str(random.randint(1, 120)))] * 3
        steps += [lambda: credit_note(office, chosen), lambda: write_off(office, chosen)]
    if paid:
        steps += [lambda: refund(office, random.choice(paid))] * 2
    if drafts:
        steps.append(lambda: office.run_use_case(lambda uow: delete_invoice(uow, drafts[0].id)))
    with suppress(InvoicingError):  # such as a refund of an invoice that is written off
        random.choice(steps)()
    posting.publish(*(store.events[key] for key in sorted(store.events.keys() - known)))


def draft(office: Office) -> Invoice:
    new = a_new_invoice()
    return office.run_use_case(lambda uow: create_invoice(uow, new, send_email=False, page_url=PAGE_URL))


def write_off(office: Office, invoice: Invoice) -> Invoice:
    return office.run_use_case(lambda uow: write_off_invoice(uow, invoice.id, None))


def refund(office: Office, payment: Payment) -> Payment:
    new = NewRefund(amount=None, reason="Returned goods")
    return office.run_use_case(lambda uow: refund_payment(uow, payment.id, new, ledger_of(office)))


def assert_knows(receiver: Receiver, store: FakeStore) -> None:
    for invoice in store.all(Invoice):
        summary = invoice_summary(invoice)
        known = receiver.copy[invoice.id]
        assert {name: known[name] for name in SAID} == {name: each for name, each in summary.items() if name in SAID}


@pytest.mark.parametrize("loses", [0, 0.3], ids=["restarts", "loses 30 %"])
@pytest.mark.parametrize("seed", range(examples(2)))
def test_whatever_a_receiver_does_it_gets_all_and_a_replay_rebuilds_every_invoice(
    posting: Posting, store: FakeStore, seed: int, loses: float
) -> None:
    random = Random(f"{seed} {loses}")
    receiver = Receiver(random, loses)
    posting.sender.answers = receiver.answer
    posting.office.ids = IdsOfTheTime(lambda: posting.office.now)
    begins, webhook = posting.office.now, posting.webhook()
    for _ in range(60):
        posting.run(seconds=random.choice((1, 30, 600, 7200)))
        live(posting, store, random)
    receiver.is_well = True
    posting.run(days=6)
    assert receiver.got.keys() == {event_id for _, event_id in store.events}, "each at least once, by its id"
    assert {len(bodies) for bodies in receiver.got.values()} == {1}, "the same bytes each time"
    if not loses:
        receiver.copy.clear()
    receiver.loses = 0
    replay(posting, webhook, begins, posting.office.now + timedelta(seconds=1))
    posting.run(hours=1)
    assert_knows(receiver, store)
    deleted = {event.resource_id for event in store.events.values() if event.type == "invoice.deleted"}
    assert {each for each in receiver.copy if each.startswith("inv_")} == {
        *(invoice.id for invoice in store.all(Invoice)),
        *deleted,
    }
