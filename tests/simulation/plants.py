"""Bugs that are planted to see whether the simulation finds them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from invoicing.domain.deliveries.delivery import STATUS_OF, Delivery, DeliveryStatus, with_mail_event
from invoicing.domain.deliveries.mail_event import MailEvent
from invoicing.domain.invoices.due_work import overdue_from
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import became_overdue
from invoicing.domain.lists.list_counter import CountedState, recount
from invoicing.domain.reminders import customer_reminder, planning, rules
from invoicing.domain.reminders.customer_reminder import CustomerReminder
from invoicing.domain.reminders.rules import ReminderRules
from invoicing.domain.reminders.state import Reason
from invoicing.domain.webhooks.delivery import WebhookDelivery
from invoicing.operations.account import update_account
from invoicing.operations.documents import order_email
from invoicing.operations.documents.reminder import REMINDER
from invoicing.operations.events import list_events
from invoicing.operations.invoices import _scheduled_sends
from invoicing.operations.reactions import (
    deliver_email,
    deliver_webhook,
    order_webhooks,
    record_mail_events,
    update_totals,
)
from invoicing.operations.reminders import _customer_due_work, _reminded
from invoicing.operations.test_clock import _agenda
from invoicing.operations.unit_of_work.change_set import ChangeSet
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

Plant = Callable[[], Any]
"""Plants a bug for the length of a context."""


@contextmanager
def counting_what_comes_late() -> Iterator[None]:
    """A reaction takes what arrives last for what happened last."""

    def recount_always(known: CountedState | None, state: CountedState) -> CountedState | None:
        return recount(known and replace(known, event_sequence=0), state)

    with patch.object(update_totals, "recount", recount_always):
        yield


@contextmanager
def email_before_its_mark() -> Iterator[None]:
    """The mail service is called without a note that it is."""
    with patch.object(deliver_email._Attempt, "_begin", lambda attempt: None):
        yield


@contextmanager
def sending_again_after_a_crash() -> Iterator[None]:
    """An attempt that did not end is taken for one that did not begin."""

    def unconfirmed(attempt: Any, failure: str) -> Any:
        attempt._delivery = replace(attempt._delivery, status=DeliveryStatus.QUEUED)
        return attempt._send()

    with patch.object(deliver_email._Attempt, "_unconfirmed", unconfirmed):
        yield


@contextmanager
def the_last_report_wins() -> Iterator[None]:
    """A delivery is what was reported last, whatever else is known of it."""

    def with_last(delivery: Delivery, event: MailEvent, message_id: str, now: datetime) -> Delivery:
        after = with_mail_event(delivery, event, message_id, now)
        return after if after is delivery else replace(after, status=STATUS_OF[event.outcome])

    with patch.object(record_mail_events, "with_mail_event", with_last):
        yield


@contextmanager
def each_report_announced() -> Iterator[None]:
    """A report that comes again is taken for a new one."""

    def always(delivery: Delivery, event: MailEvent, message_id: str, now: datetime) -> Delivery:
        after = with_mail_event(replace(delivery, history=(), announced=()), event, message_id, now)
        return replace(after, version=delivery.version + 1)

    with patch.object(record_mail_events, "with_mail_event", always):
        yield


@contextmanager
def overdue_at_each_tick() -> Iterator[None]:
    """An invoice that became overdue goes on waiting for it."""

    def waiting(invoice: Invoice, at: datetime, now: datetime) -> Invoice:
        return replace(became_overdue(invoice, at, now), next_overdue_at=now + timedelta(minutes=1))

    with patch("invoicing.operations.invoices._due_work.became_overdue", waiting):
        yield


@contextmanager
def overdue_in_utc() -> Iterator[None]:
    """The due date ends in UTC instead of the account's time zone."""

    def in_utc(invoice: Invoice, _: str) -> datetime:
        return overdue_from(invoice, "UTC")

    with (
        patch("invoicing.operations.invoices._due_work.overdue_from", in_utc),
        patch("invoicing.domain.invoices.due_work.overdue_from", in_utc),
    ):
        yield


@contextmanager
def cursor_ahead_of_what_settles() -> Iterator[None]:
    """A page of the event log has events beside which earlier ones may still appear."""
    with patch.object(list_events, "SETTLING", timedelta()):
        yield


@contextmanager
def time_zone_changed_for_new_invoices_only() -> Iterator[None]:
    """What waits already goes on waiting in the old time zone."""
    with patch.object(update_account, "_begin_time_zone_change", lambda uow: None):
        yield


@contextmanager
def scheduled_again_after_sending() -> Iterator[None]:
    """An invoice that is sent again goes on waiting for it."""

    def waiting(uow: UnitOfWork, invoice: Invoice) -> Invoice:
        send = invoice.scheduled_send and replace(invoice.scheduled_send, at=uow.now + timedelta(minutes=1))
        after = replace(invoice, version=invoice.version + 1, scheduled_send=send)
        uow.changes.save(after)
        return after

    with patch.object(_scheduled_sends, "drop_scheduled_send", waiting):
        yield


@contextmanager
def ticks_that_know_no_clocks() -> Iterator[None]:
    """What waits for a test clock waits where ticks find it, and they do it."""
    with patch.object(ChangeSet, "has_clock", property(lambda _: False, lambda *_: None)):
        yield


@contextmanager
def an_advance_that_forgets_what_it_wrote() -> Iterator[None]:
    """What becomes due by a step of an advance is not done."""
    with patch.object(_agenda.Agenda, "add", lambda agenda, entries: None):
        yield


@contextmanager
def mails_from_pretended_time() -> Iterator[None]:
    """An e-mail that is ordered under a test clock goes out."""
    with patch.object(order_email, "is_simulated", lambda *_: False):
        yield


@contextmanager
def a_step_gathered_again() -> Iterator[None]:
    """What an e-mail named is named by the next one, too."""

    def composed(reminder: CustomerReminder, *made: Any) -> CustomerReminder:
        return replace(usual(reminder, *made), steps=reminder.steps)

    usual = customer_reminder.composed
    with patch.object(_customer_due_work, "composed", composed):
        yield


@contextmanager
def reminders_whenever_a_step_comes() -> Iterator[None]:
    """Nobody asks whether the customer was reminded today."""

    def obstacle(situation: planning.Situation, now: datetime) -> Reason | None:
        return usual(replace(situation, reminded_at=None), now)

    usual = planning.obstacle
    with patch.object(planning, "obstacle", obstacle), patch.object(customer_reminder, "obstacle", obstacle):
        yield


@contextmanager
def a_reminder_as_it_was_made() -> Iterator[None]:
    """Nobody asks whether an invoice was paid since its reminder was composed."""
    unchecked = replace(REMINDER, parts=lambda _: ())
    with patch("tests.simulation.deployment.REMINDER", unchecked):
        yield


@contextmanager
def muted_without_effect() -> Iterator[None]:
    """An invoice that is muted is reminded of."""

    def rules_for(*settings: Any) -> ReminderRules:
        return replace(rules.rules_for(*settings), mute_until=None)

    with patch.object(_reminded, "rules_for", rules_for):
        yield


@contextmanager
def a_step_that_is_forgotten() -> Iterator[None]:
    """The e-mail that was gathered is not due."""

    def gather(*what: Any) -> CustomerReminder | None:
        gathered = customer_reminder.gather(*what)
        return gathered and replace(gathered, due_at=None)

    with patch("invoicing.operations.reminders._due_work.gather", gather):
        yield


@contextmanager
def a_delivery_that_is_queued_when_it_is_made_only() -> Iterator[None]:
    """An event that comes again finds its delivery, and takes it for queued."""

    def order(start: Any, event: Any, webhook: Any) -> WebhookDelivery:
        made: WebhookDelivery = usual(start, event, webhook)
        if made in known:
            return made.never_sent()
        known.append(made)
        return made

    known: list[WebhookDelivery] = []
    usual = order_webhooks._order
    with patch.object(order_webhooks, "_order", order):
        yield


@contextmanager
def an_attempt_done_before_the_next_is_queued() -> Iterator[None]:
    """A message that comes again after its attempt is taken for done, whether or not the next one was queued."""

    def begin(uow: Any, order: Any) -> Any:
        begun = usual(uow, order)
        return deliver_webhook._Later("ended") if getattr(begun, "outcome", "") == "outdated" else begun

    usual = deliver_webhook._begin
    with patch.object(deliver_webhook, "_begin", begin):
        yield
