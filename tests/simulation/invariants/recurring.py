"""Recurring invoices: each date makes exactly one invoice, or it is said why not."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.recurring.recurring_invoice import RUNNING, RecurringInvoice
from tests.domain.recurring.by_day import DAY
from tests.simulation.history import State
from tests.simulation.schedule_life import EVENTS, Life
from tests.simulation.simulation import LONGEST_FUNCTION, Recorded, Simulation


def as_many_invoices_as_it_says(simulation: Simulation) -> None:
    """Each invoice of a schedule counts, also one that was deleted; and it is counted once."""
    made = Counter((account, schedule) for (account, schedule), _ in _made(simulation))
    for schedule in simulation.store.all(RecurringInvoice):
        assert made[schedule.account, schedule.id] == schedule.invoices_generated, (schedule, made)


def each_date_has_one_invoice_or_a_reason(simulation: Simulation) -> None:
    """In order, none lost, none twice, and none for a day that is no date."""
    made = defaultdict(list)
    for schedule, states in _made(simulation):
        made[schedule].append(states)
    for life in lives(simulation):
        schedule = life.states[-1].entity
        invoices = made[schedule.account, schedule.id]
        assert sorted(life.invoices.values()) == sorted(each[1].entity.id for each in invoices), (life, invoices)
        _assert_periods(life, invoices)


def what_is_due_is_done(simulation: Simulation) -> None:
    """Of accounts without a test clock; or it is said why it failed, and when it is tried again."""
    now = simulation.world.now
    for life in lives(simulation):
        schedule = life.states[-1].entity
        has_clock = simulation.clocks_of(schedule.account, now - LONGEST_FUNCTION, now) != [None]
        if schedule.status not in RUNNING or not life.is_in_one_zone or has_clock:
            continue
        due = life.plan.due(life.plan.next) if life.plan.next else None
        if due and due <= now:
            assert schedule.held_until and schedule.held_until > now, schedule
            assert schedule.last_error, schedule
            assert schedule.last_error.occurrence_date == life.plan.next, schedule


def an_invoice_is_made_as_its_schedule_says(simulation: Simulation) -> None:
    """Its events are recorded in the transaction that makes it, once, and it is mailed once to each recipient."""
    by_invoice = defaultdict(list)
    for recorded in simulation.recorded:
        by_invoice[recorded.event.account, recorded.event.resource_id].append(recorded)
    mailed = Counter[tuple[str, str, datetime, str | None]]()
    for states in simulation.history.all(Delivery):
        since, delivery = states[1]
        mailed[delivery.account, delivery.document_id, since, delivery.recipient] += 1
    assert all(count == 1 for count in mailed.values()), mailed
    for (account, schedule_id), states in _made(simulation):
        at, invoice = states[1]
        schedule = simulation.history.at(RecurringInvoice, account, schedule_id, at)
        expected = {"invoice.created": 1} | ({"invoice.sent": 1} if schedule.on_generate != "draft" else {})
        events = by_invoice[account, invoice.id]
        assert Counter(each.event.type for each in events)["invoice.created"] == 1, events
        told = Counter(each.event.type for each in events if each.at == at)
        assert {name: told[name] for name in ("invoice.created", "invoice.sent") if told[name]} == expected, told
        assert (invoice.number is not None) >= (schedule.on_generate != "draft"), invoice
        is_mailed = any((account, invoice.id, at) == key[:3] for key in mailed)
        assert is_mailed == (schedule.on_generate == "send"), (schedule, invoice)


def lives(simulation: Simulation) -> list[Life]:
    """The life of each schedule."""
    events: defaultdict[tuple[str, str], list[Recorded]] = defaultdict(list)
    for recorded in simulation.recorded:
        if recorded.event.type.startswith(EVENTS):
            events[recorded.event.account, recorded.event.resource_id].append(recorded)
    found = []
    for (account, schedule), told in events.items():
        life = Life(simulation, simulation.history.of(RecurringInvoice, account, schedule))
        life.tell(sorted(told, key=lambda each: each.event.sequence))
        found.append(life)
    return found


def _made(simulation: Simulation) -> list[tuple[tuple[str, str], list[State]]]:
    """The states of each invoice that a schedule made, also of those that were deleted, by schedule."""
    found = []
    for states in simulation.history.all(Invoice):
        invoice = states[1].entity
        if invoice.recurring_id:
            found.append(((invoice.account, invoice.recurring_id), list(states)))
    return found


def _assert_periods(life: Life, invoices: list[list[State]]) -> None:
    """Periods begin where the one before ended, unless dates between them were skipped or the rule was changed."""
    days = {identifier: day for day, identifier in life.invoices.items()}
    for states in invoices:
        invoice = states[1].entity
        day, period = days[invoice.id], invoice.service_period
        is_in_arrears = life.plan.in_arrears
        assert (period.end + DAY if is_in_arrears else period.start) == day, (invoice, day)
        assert period.end >= period.start, invoice
    periods = sorted((each[1].entity.service_period for each in invoices), key=lambda period: period.start)
    for first, second in zip(periods, periods[1:], strict=False):
        assert first.end < second.start, (first, second)


_ = timedelta

ALWAYS = (as_many_invoices_as_it_says,)
CAUGHT_UP = (each_date_has_one_invoice_or_a_reason, what_is_due_is_done)
AT_REST = (each_date_has_one_invoice_or_a_reason, an_invoice_is_made_as_its_schedule_says)
