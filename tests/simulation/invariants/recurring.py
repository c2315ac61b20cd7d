"""Recurring invoices: each date makes exactly one invoice, or it is said why not."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Archiving, Customer
from invoicing.domain.recurring.recurring_invoice import RUNNING, RecurringInvoice, RecurringStatus
from tests.domain.recurring.by_day import DAY, instant
from tests.simulation.history import State
from tests.simulation.schedule_life import EVENTS, MINUTE, Life
from tests.simulation.simulation import LONGEST_FUNCTION, Recorded, Simulation

MADE = f"{EVENTS}invoice_generated"


def as_many_invoices_as_it_says(simulation: Simulation) -> None:
    """Each invoice of a schedule is counted once, also one that was deleted."""
    made = _made(simulation)
    for schedule in simulation.store.all(RecurringInvoice):
        invoices = made[schedule.account, schedule.id]
        assert len(invoices) == schedule.invoices_generated, (schedule, invoices)


def each_date_has_one_invoice_or_a_reason(simulation: Simulation) -> None:
    """In order, none lost, none twice, none for a day that is no date, and none left that is due."""
    made = _made(simulation)
    for life in _lives(simulation):
        invoices = made[life.account, life.schedule.id]
        assert sorted(life.invoices) == sorted(each.id for _, each in invoices), (life, invoices)
        _assert_periods(life, [each for _, each in invoices])
        _assert_nothing_is_left(life)


def an_invoice_is_made_as_its_schedule_says(simulation: Simulation) -> None:
    """It is created, and sent, in one transaction, and mailed once to each recipient."""
    created = Counter(each.event.resource_id for each in simulation.recorded if each.event.type == "invoice.created")
    told = {(each.at, each.event.resource_id, each.event.type) for each in simulation.recorded}
    mailed = Counter[tuple[str, object]]()
    for states in simulation.history.all(Delivery):
        mailed[states[1].entity.document_id, states[1].since] += 1
    for (account, schedule_id), invoices in _made(simulation).items():
        for at, invoice in invoices:
            schedule = simulation.history.at(RecurringInvoice, account, schedule_id, at)
            assert created[invoice.id] == 1, invoice
            assert (at, invoice.id, "invoice.created") in told, invoice
            is_issued = schedule.on_generate != "draft"
            assert ((at, invoice.id, "invoice.sent") in told) == is_issued, (schedule, invoice)
            assert invoice.number or not is_issued, invoice
            assert (mailed[invoice.id, at] > 0) == (schedule.on_generate == "send"), (schedule, invoice)


def nobody_is_mailed_twice(simulation: Simulation) -> None:
    """By one transaction, for one invoice."""
    mailed = Counter(
        (since, delivery.document_id, delivery.recipient)
        for (_, (since, delivery), *_rest) in simulation.history.all(Delivery)
    )
    assert all(count == 1 for count in mailed.values()), mailed


def nothing_is_made_once_its_customer_is_archived(simulation: Simulation) -> None:
    """But of dates before, also once the customer is restored, until somebody resumes the schedule."""
    told = {each.event.data["invoice_id"]: each.event for each in simulation.recorded if each.event.type == MADE}
    made = _made(simulation)
    for life in _lives(simulation):
        for at, invoice in made[life.account, life.schedule.id]:
            schedule = simulation.history.at(RecurringInvoice, life.account, life.schedule.id, at)
            customer = simulation.history.at(Customer, life.account, schedule.customer_id, at)
            archiving = _not_followed(schedule, customer)
            if archiving and life.is_in_one_zone:
                clock = schedule.send_at
                due = instant(life.invoices[invoice.id], clock.hour, clock.minute, life.plan.zone)
                assert due <= archiving.at, (archiving, invoice, schedule)
                assert archiving.at <= told[invoice.id].occurred_at + MINUTE, (archiving, invoice, schedule)


def schedules_of_an_archived_customer_stay_paused(simulation: Simulation) -> None:
    """Those that there were, also once the customer is restored, until somebody resumes them."""
    for schedule in simulation.store.all(RecurringInvoice):
        states = simulation.history.of(Customer, schedule.account, schedule.customer_id)
        archiving = _not_followed(schedule, states[-1].entity)
        if archiving and schedule.status in RUNNING:
            archived_at = next(since for since, state in states if state and state.version == archiving.version)
            created_at = simulation.history.of(RecurringInvoice, schedule.account, schedule.id)[1].since
            assert schedule.status is RecurringStatus.PAUSED or created_at > archived_at, (schedule, archiving)


def _not_followed(schedule: RecurringInvoice, customer: Customer | None) -> Archiving | None:
    """The first archiving since a schedule was created or resumed."""
    archivings = customer.archivings if customer else ()
    return next((each for each in archivings if each.version > schedule.customer_version), None)


def _lives(simulation: Simulation) -> list[Life]:
    """The life of each schedule."""
    events: defaultdict[tuple[str, str], list[Recorded]] = defaultdict(list)
    for recorded in simulation.recorded:
        if recorded.event.type.startswith(EVENTS):
            events[recorded.event.account, recorded.event.resource_id].append(recorded)
    lives = []
    for (account, schedule), told in events.items():
        lives.append(Life(simulation, simulation.history.of(RecurringInvoice, account, schedule)))
        lives[-1].tell(told)
    return lives


def _made(simulation: Simulation) -> defaultdict[tuple[str, str], list[State]]:
    """The invoices that each schedule made, as they were then, also those that were deleted since."""
    found = defaultdict(list)
    for states in simulation.history.all(Invoice):
        invoice = states[1].entity
        if invoice.recurring_id:
            found[invoice.account, invoice.recurring_id].append(states[1])
    return found


def _assert_periods(life: Life, invoices: Sequence[Invoice]) -> None:
    """The period of an invoice begins with its date, or ends before it, and none overlap."""
    periods = []
    for invoice in invoices:
        day, period = life.invoices[invoice.id], invoice.service_period
        assert period, invoice
        assert (period.end + DAY if life.plan.in_arrears else period.start) == day, (invoice, day)
        periods.append((period.start, period.end))
    assert all(first[1] < second[0] for first, second in pairwise(sorted(periods))), periods


def _assert_nothing_is_left(life: Life) -> None:
    """What is due waits for a test clock, or failed and says why."""
    simulation, schedule, following = life.simulation, life.schedule, life.plan.next
    now = simulation.world.now
    has_clock = simulation.clocks_of(life.account, now - LONGEST_FUNCTION, now) != [None]
    if following is None or schedule.status not in RUNNING or not life.is_in_one_zone or has_clock:
        return
    if life.plan.due(following) <= now:
        assert schedule.next_at, schedule
        assert schedule.next_at > now, schedule
        assert schedule.last_error, schedule
        assert schedule.last_error.occurrence_date == following, schedule


ALWAYS = (as_many_invoices_as_it_says,)
CAUGHT_UP = (each_date_has_one_invoice_or_a_reason, schedules_of_an_archived_customer_stay_paused)
AT_REST = (
    each_date_has_one_invoice_or_a_reason,
    an_invoice_is_made_as_its_schedule_says,
    nobody_is_mailed_twice,
    nothing_is_made_once_its_customer_is_archived,
    schedules_of_an_archived_customer_stay_paused,
)
