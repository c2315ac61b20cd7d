"""Reminders: each step once, one automatic e-mail a day, only of what is owed, and each step has an outcome."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.deliveries.suppression import Suppression
from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import OPEN_STATUSES, Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.reminders.account_reminders import REMINDERS, AccountReminders
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.listing import past_steps
from invoicing.domain.reminders.reminder_mail import ReminderMail
from invoicing.domain.reminders.state import InvoiceReminders
from invoicing.operations.reminders._reminded import Recipient, Reminded
from tests.fake_due_work import FakeDueWork
from tests.simulation.simulation import LONGEST_FUNCTION, Simulation

MINUTE = timedelta(minutes=1)
ENDED = {DeliveryStatus.SKIPPED, DeliveryStatus.FAILED}
"""States in which the mail service was not asked, or refused."""


class Made(NamedTuple):
    """A reminder e-mail, and when the transaction that made it took effect."""

    at: datetime
    mail: ReminderMail

    @property
    def steps(self) -> list[tuple[str, int]]:
        """The invoices that it reminds of because a step has come; nothing where it was sent by hand."""
        return [(invoice, offset) for invoice, offset in self.mail.invoices if offset is not None]


def a_step_is_in_one_email(simulation: Simulation) -> None:
    steps = Counter((made.mail.account, *step) for made in _made(simulation) for step in made.steps)
    assert all(count == 1 for count in steps.values()), steps


def a_step_is_told_once(simulation: Simulation) -> None:
    told: Counter[tuple[Any, ...]] = Counter()
    for event in simulation.store.events.values():
        if ".reminder_" in event.type and event.data["step"] is not None:
            told[event.account, event.resource_id, event.data["step"], event.type] += 1
    assert all(count == 1 for count in told.values()), told


def a_customer_is_reminded_once_a_day(simulation: Simulation) -> None:
    """Automatically, and not after a reminder by hand; by the civil day of the time zone of that moment."""
    of_customer = defaultdict(list)
    for made in _made(simulation):
        of_customer[made.mail.account, made.mail.customer_id].append(made)
    for (account, _), mails in of_customer.items():
        for before, made in pairwise(mails):
            zones = simulation.time_zones_of(account, made.at)
            days = [(_day(before.mail.created_at, zone), _day(made.mail.created_at, zone)) for zone in zones]
            assert not made.steps or any(last != day for last, day in days), (before, made)


def nobody_is_reminded_who_must_not_be(simulation: Simulation) -> None:
    """The customer has an address that takes e-mails, and for minutes no step was muted or switched off."""
    history = simulation.history
    for made in _made(simulation):
        at, account = made.at, made.mail.account
        customer = history.at(Customer, account, made.mail.customer_id, at)
        assert customer.email, (made, customer)
        if made.steps:
            assert history.at(Suppression, account, mailbox_of(customer.email), at) is None, made
            assert customer.archived_at is None, (made, customer)
        for invoice, _ in made.steps:
            silent = [
                all(state and _is_silent(state, made.mail.day) for state in states)
                for states in _overrides(simulation, made, invoice)
            ]
            assert not any(silent), (invoice, made)


def a_reminder_asks_for_what_is_owed(simulation: Simulation) -> None:
    """It names invoices with what is owed of them in the state in which the mail service was called."""
    for message in simulation.deployment.ses.taken:
        delivery_id, *asked = message.decode().split()
        if asked:
            begun = list(_begun(simulation, delivery_id))
            states = [{each: _owed(simulation, account, each, at) for each in asked} for account, at in begun]
            assert any(all(state[each] == each for each in asked) for state in states), (delivery_id, states)


def every_step_has_an_outcome(simulation: Simulation) -> None:
    """A step that has come was sent or says why not, unless it waits for hours of sending that are yet to come."""
    left = [entry for some in FakeDueWork(simulation.store).due(simulation.world.now) for entry in some]
    assert not [entry for entry in left if Work.REMINDER <= entry.work <= Work.CHANGE], left
    for reminded in _reminded(simulation):
        now, reminders = simulation.now_of(reminded.invoice.account), reminded.reminders
        if not reminded.rules.enabled:
            continue
        situation, customer = reminded.situation, reminded.recipient.reminder
        said = {past.offset: past for past in past_steps(situation, now)}
        for step in situation.steps:
            if step.at <= now - MINUTE and step.offset not in said:
                waits_for = customer.due_at if reminded.invoice.id in customer.steps else reminders.next_at
                assert waits_for, (step, reminded)
                assert waits_for > now, (step, reminded)
        assert all(past.status == "sent" or past.reason for past in said.values()), reminded


def a_step_says_what_became_of_its_email(simulation: Simulation) -> None:
    """One that is ``sent`` has an e-mail that went out; one that is skipped after all was not owed any more."""
    deliveries = defaultdict(list)
    for delivery in simulation.store.all(Delivery):
        deliveries[delivery.document_id].append(delivery.status)
    named = {(made.mail.account, *step): made.mail for made in _made(simulation) for step in made.steps}
    for reminders in simulation.store.all(InvoiceReminders):
        for past in reminders.past:
            mail = named.get((reminders.account, reminders.id, past.offset))
            if past.status == "sent":
                assert mail, (past, reminders)
                assert not mail.skipped, (past, mail)
            elif mail:
                assert past.status == "skipped", (past, mail)
                assert DeliveryStatus.SKIPPED in deliveries[mail.id], (past, mail, deliveries[mail.id])


def _made(simulation: Simulation) -> Iterator[Made]:
    """All reminder e-mails, in the order in which they were made."""
    found = [states[1] for states in simulation.history.all(ReminderMail)]
    yield from sorted((Made(at, mail) for at, mail in found), key=lambda made: made.at)


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _overrides(simulation: Simulation, made: Made, invoice: str) -> Iterator[list[Any]]:
    """What the invoice, and its customer, had of its own in the minutes before the e-mail was made."""
    mail, first = made.mail, made.at - LONGEST_FUNCTION
    reminders = simulation.history.between(InvoiceReminders, mail.account, invoice, first, made.at)
    yield [each and each.override for each in reminders]
    customers = simulation.history.between(Customer, mail.account, mail.customer_id, first, made.at)
    yield [each and each.reminders for each in customers]


def _is_silent(override: Any, day: date) -> bool:
    return bool(override.mute_until and day <= override.mute_until)


def _begun(simulation: Simulation, delivery_id: str) -> Iterator[tuple[str, datetime]]:
    """The account of a delivery, and the instants at which an attempt began to send it."""
    for states in simulation.history.all(Delivery):
        if states[1].entity.id == delivery_id:
            for at, delivery in states[1:]:
                if delivery.status is DeliveryStatus.SENDING:
                    yield delivery.account, at


def _owed(simulation: Simulation, account: str, asked: str, at: datetime) -> str:
    """What was owed of an invoice at an instant, as reminders of the simulation say it."""
    invoice = simulation.history.at(Invoice, account, asked.partition("=")[0], at)
    return f"{invoice.id}={invoice.amount_due}" if invoice.status in OPEN_STATUSES else invoice.status


def _reminded(simulation: Simulation) -> Iterator[Reminded]:
    """All issued invoices with what decides about their reminders."""
    entities = simulation.store.entities
    for invoice in simulation.store.all(Invoice):
        account, customer_id = invoice.account, invoice.buyer.id
        if invoice.sent_at is not None:
            own = entities.get((AccountReminders, account, REMINDERS))
            recipient = Recipient(
                account=simulation.profile(account),
                own=own or AccountReminders(account=account, page_url=""),
                customer=entities[Customer, account, customer_id],
                reminder=entities.get((CustomerReminder, account, customer_id))
                or CustomerReminder(account=account, id=customer_id, version=0),
            )
            reminders = entities.get((InvoiceReminders, account, invoice.id))
            reminders = reminders or InvoiceReminders(account=account, id=invoice.id, version=0)
            yield Reminded(invoice=invoice, reminders=reminders, recipient=recipient)


AT_REST = (
    a_step_is_in_one_email,
    a_step_is_told_once,
    a_customer_is_reminded_once_a_day,
    nobody_is_reminded_who_must_not_be,
    a_reminder_asks_for_what_is_owed,
    every_step_has_an_outcome,
    a_step_says_what_became_of_its_email,
)
