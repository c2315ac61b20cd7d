"""The reminder of a customer: one e-mail a day for all of its invoices that have a step then."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from typing import Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.reminders.planning import Situation, obstacle
from invoicing.domain.reminders.settings import Mode
from invoicing.domain.reminders.state import Outcome, Reason

MOST_NAMED = 1000
"""The most invoices whose steps one reminder takes up; further steps of that day are ``already_reminded``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerReminder:
    """The reminder that is gathered for a customer, under its id, and what became of the one before.

    ``steps`` has the offset of the step of each invoice that it takes up. ``due_at`` is when the e-mail is to be made,
    None while nothing is gathered. ``reminded_at`` is when the customer was last reminded, by hand too. ``outcomes``,
    by invoice, are those of the last e-mail, made at ``made_at``, that the reminders of the invoices do not have yet.
    """

    account: str
    id: str
    version: int
    steps: Mapping[str, int] = field(default_factory=dict)
    due_at: datetime | None = None
    reminded_at: datetime | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvoice:
    """An open invoice that a reminder may name; ``amount_due`` in minor units of ``currency``."""

    id: str
    due_date: date
    amount_due: int
    currency: str
    situation: Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What a reminder says: ``named`` invoices in order of their due dates, worded for the first gathered of them.

    ``dropped`` are gathered invoices that are not reminded of after all, and why. ``lead`` is None where all were
    dropped, so that nothing is sent.
    """

    lead: OpenInvoice | None
    named: tuple[OpenInvoice, ...]
    dropped: Mapping[str, Reason]


def gather(reminder: CustomerReminder, invoice_id: str, offset: int, now: datetime) -> CustomerReminder | None:
    """Return the reminder, as the next version, with a step that is due; None when it takes up no more invoices.

    A step of an invoice takes the place of an earlier one that has not gone out.
    """
    if invoice_id not in reminder.steps and len(reminder.steps) >= MOST_NAMED:
        return None
    steps = {**reminder.steps, invoice_id: offset}
    return replace(reminder, version=reminder.version + 1, steps=steps, due_at=reminder.due_at or now)


def compose(
    gathered: Sequence[OpenInvoice], mode: Mode, open_invoices: Sequence[OpenInvoice], now: datetime
) -> Composition:
    """Compose the reminder of what was gathered and still stands.

    ``open_invoices`` are those of the customer, which ``per_customer`` reminders name too, save those that are muted
    or switched off by themselves. The wording is that of the most overdue invoice whose step it is.
    """
    reasons = {each.id: obstacle(each.situation, now) for each in gathered}
    standing = [each for each in gathered if reasons[each.id] is None]
    dropped = {invoice: reason for invoice, reason in reasons.items() if reason}
    if not standing:
        return Composition(lead=None, named=(), dropped=dropped)
    also = open_invoices if mode == "per_customer" else ()
    named = [*standing, *(each for each in also if each.id not in reasons and not _is_silent(each, now))]
    return Composition(lead=min(standing, key=_age), named=tuple(sorted(named, key=_age)), dropped=dropped)


def composed(
    reminder: CustomerReminder, made: Composition, now: datetime, delivery_ids: tuple[str, ...] = ()
) -> CustomerReminder:
    """Return the reminder, as the next version, once what was gathered is sent or dropped.

    The outcomes of the e-mail before must have been told to their invoices.
    """
    if reminder.outcomes:
        raise ValueError("the outcomes of the last e-mail are not told yet")
    outcomes = {
        invoice: Outcome(offset=offset, reason=reason)
        if (reason := made.dropped.get(invoice))
        else Outcome(offset=offset, sent_at=now, delivery_ids=delivery_ids)
        for invoice, offset in reminder.steps.items()
    }
    return replace(
        reminder,
        version=reminder.version + 1,
        steps={},
        due_at=None,
        reminded_at=now if made.lead else reminder.reminded_at,
        outcomes=outcomes,
        made_at=now,
    )


def taken_back(reminder: CustomerReminder, steps: Mapping[str, int], reason: Reason, now: datetime) -> CustomerReminder:
    """Return the reminder, as the next version, whose e-mail with some steps must not be sent any more.

    What its invoices are told of them is only that.
    """
    outcomes = {invoice: Outcome(offset=offset, reason=reason) for invoice, offset in steps.items()}
    known = {**reminder.outcomes, **outcomes}
    return replace(reminder, version=reminder.version + 1, outcomes=known, made_at=now)


def told(reminder: CustomerReminder, *invoice_ids: str) -> CustomerReminder:
    """Return the reminder, as the next version, once the reminders of some invoices have their outcomes."""
    outcomes = {invoice: outcome for invoice, outcome in reminder.outcomes.items() if invoice not in invoice_ids}
    return replace(reminder, version=reminder.version + 1, outcomes=outcomes)


def _is_silent(invoice: OpenInvoice, now: datetime) -> bool:
    return obstacle(invoice.situation, now) in {Reason.MUTED, Reason.DISABLED, Reason.PAID, Reason.CANCELLED}


class Owed(Protocol):
    """What has an amount due, in minor units of its currency."""

    @property
    def due_date(self) -> date:
        """The last day to pay it."""

    @property
    def amount_due(self) -> int:
        """What is still owed."""

    @property
    def currency(self) -> str:
        """Its currency."""


def totals_due(named: Sequence[Owed], day: date | None = None) -> dict[str, int]:
    """Return the amounts due of invoices by currency, of those due up to a day where one is given."""
    totals: dict[str, int] = {}
    for each in named:
        if day is None or each.due_date <= day:
            totals[each.currency] = totals.get(each.currency, 0) + each.amount_due
    return totals


def _age(invoice: OpenInvoice) -> tuple[date, str]:
    return invoice.due_date, invoice.id
