from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.errors import Conflict, NotFound, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice, Status
from invoicing.domain.test_clocks.period import period_of
from invoicing.domain.test_clocks.test_clock import ClockStatus
from invoicing.identifiers import new_id
from invoicing.operations.account.update_account import update_account
from invoicing.operations.invoices import _due_work
from invoicing.operations.invoices.send_invoice import send_invoice
from invoicing.operations.test_clock import _advance
from invoicing.operations.test_clock._agenda import Agenda
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork
from tests.builders import PAGE_URL, an_account
from tests.fakes import FakeStore
from tests.operations.test_clock.clock_office import ACCOUNT, ClockOffice
from tests.operations.test_clock.waiting import DAY, LATER, START, midnight, overdue_at, sent_at, stored, write

MILLISECOND = timedelta(milliseconds=1)


def test_what_is_due_happens_in_order_and_at_its_time(frozen: ClockOffice) -> None:
    write(frozen, *(overdue_at(midnight(days), number) for number, days in enumerate((30, 10, 50, 10, 200))))
    clock = frozen.advance(LATER)
    assert (clock.status, clock.now, clock.target, clock.works_until) == (ClockStatus.READY, LATER, None, None)
    assert clock.done == {"overdue": 4}
    assert frozen.events_at() == [
        ("inv_001", midnight(10)),
        ("inv_003", midnight(10)),
        ("inv_000", midnight(30)),
        ("inv_002", midnight(50)),
    ]
    assert stored(frozen).status is Status.OVERDUE
    assert stored(frozen, 4).status is not Status.OVERDUE
    assert frozen.clock == clock
    assert (frozen.is_told_to_advance, frozen.uow().now) == (False, LATER)


def test_a_tick_finds_nothing_to_do_of_it(frozen: ClockOffice) -> None:
    write(frozen, overdue_at(midnight(10)))
    frozen.advance(LATER)
    frozen.now = LATER + DAY
    assert frozen.tick() == []
    assert frozen.index.due(frozen.now) is not None
    assert not [entry for page in frozen.index.due(frozen.now) for entry in page]


@pytest.mark.parametrize(("to", "is_done"), [(midnight(10), True), (midnight(10) - MILLISECOND, False)])
def test_the_instant_it_advances_to_is_included(frozen: ClockOffice, to: datetime, is_done: bool) -> None:
    write(frozen, overdue_at(midnight(10)))
    assert frozen.advance(to).done == ({"overdue": 1} if is_done else {})
    assert (stored(frozen).status is Status.OVERDUE) is is_done
    assert frozen.advance(midnight(11)).done == ({} if is_done else {"overdue": 1})


def test_work_of_one_instant_is_in_the_order_of_its_kinds_and_then_of_ids(frozen: ClockOffice) -> None:
    """An invoice that is sent at an instant comes after those that become overdue then, whatever their ids."""
    at = midnight(10)
    write(frozen, sent_at(at, 1), overdue_at(at, 3), sent_at(at, 0), overdue_at(at, 2))
    assert frozen.advance(LATER).done["overdue"] == 2 + 2
    first = [identifier for identifier, instant in frozen.events_at() if instant == at]
    assert first == ["inv_002", "inv_003", "inv_000", "inv_001"]


def test_what_a_step_makes_due_happens_on_the_way(frozen: ClockOffice) -> None:
    """An invoice that is sent becomes overdue, between others that were due all along."""
    write(frozen, sent_at(midnight(10), 1), overdue_at(midnight(20), 2), overdue_at(midnight(80), 3))
    clock = frozen.advance(LATER)
    assert clock.done == {"scheduled_sends": 1, "overdue": 3}
    sent = stored(frozen)
    assert (sent.issue_date, sent.sent_at) == (midnight(10).date(), midnight(10))
    assert sent.overdue_at == datetime.combine(sent.due_date + DAY, datetime.min.time(), UTC)
    instants = [instant for _, instant in frozen.events_at()]
    assert instants == sorted(instants)


def test_daily_steps_are_one_advance(frozen: ClockOffice) -> None:
    """Everything is the same in the end, but for what only counts writes."""
    others = ClockOffice(store=FakeStore())
    others.store.keep(*frozen.store.entities.values())
    for office in (frozen, others):
        write(office, *(overdue_at(midnight(7 * number), number) for number in range(1, 12)))
        write(office, *(sent_at(midnight(3 * number) + timedelta(hours=9), 20 + number) for number in range(12)))
    frozen.advance(period_of("P90D"))
    done: dict[str, int] = {}
    for _ in range(90):
        for name, count in others.advance(period_of("P1D")).done.items():
            done[name] = done.get(name, 0) + count
    assert frozen.clock
    assert others.clock
    assert (others.clock.now, done) == (frozen.clock.now, frozen.clock.done)
    assert _without_ids(frozen.store.all(Invoice)) == _without_ids(others.store.all(Invoice))
    assert frozen.events_at() == others.events_at()
    assert len(frozen.events_at()) > 23


def _without_ids(invoices: Iterable[Invoice]) -> list[Invoice]:
    return [replace(invoice, page_token="") for invoice in invoices]


@pytest.mark.parametrize(
    ("to", "field"),
    [
        (START, "to"),
        (START - MILLISECOND, "to"),
        (datetime(2030, 2, 28, 8, tzinfo=UTC) + MILLISECOND, "to"),
        (period_of("P0D"), "by"),
        (period_of("P25M"), "by"),
        (period_of("P99999D"), "by"),
        (period_of("P999Y"), "by"),
    ],
)
def test_it_goes_forward_and_by_two_years_at_most(frozen: ClockOffice, to: Any, field: str) -> None:
    before = frozen.clock
    with pytest.raises(ValidationFailed) as refused:
        frozen.advance(to)
    assert [(detail.field, detail.code) for detail in refused.value.details] == [(field, "ADVANCE_INVALID")]
    assert (frozen.clock, frozen.is_told_to_advance) == (before, False)


@pytest.mark.parametrize("to", [datetime(2030, 2, 28, 8, tzinfo=UTC), period_of("P2Y"), period_of("P24M")])
def test_two_years_are_possible(frozen: ClockOffice, to: Any) -> None:
    assert frozen.advance(to).now == datetime(2030, 2, 28, 8, tzinfo=UTC)


def test_it_ends_with_its_century(office: ClockOffice) -> None:
    office.set(datetime(2099, 12, 31, 23, tzinfo=UTC))
    with pytest.raises(ValidationFailed, match="2099"):
        office.advance(period_of("PT1H"))
    assert office.advance(period_of("PT59M59S")).now.year == 2099


def test_without_a_clock_there_is_nothing_to_advance(office: ClockOffice) -> None:
    with pytest.raises(NotFound, match="no test clock"):
        office.advance(LATER)


def test_while_it_advances_nobody_else_changes_it(frozen: ClockOffice) -> None:
    frozen.begin(LATER)
    assert frozen.is_told_to_advance
    for change in (lambda: frozen.advance(LATER), lambda: frozen.set(LATER), frozen.delete):
        with pytest.raises(Conflict) as refused:
            change()
        assert refused.value.code == "TEST_CLOCK_ADVANCING"


def test_what_was_due_before_there_was_a_clock_happens(office: ClockOffice) -> None:
    office.store.keep(an_account(account=ACCOUNT, time_zone="UTC"))
    write(office, overdue_at(midnight(-60), 1), overdue_at(midnight(10), 2), overdue_at(midnight(300), 3))
    office.set(START)
    assert office.advance(LATER).done == {"overdue": 2}
    assert office.events_at() == [("inv_001", START), ("inv_002", midnight(10))]
    assert stored(office).overdue_at == midnight(-60)


def test_what_the_index_does_not_show_yet_happens(frozen: ClockOffice) -> None:
    """Events tell what was written a moment ago."""
    frozen.ids.new_id = new_id  # type: ignore[method-assign]
    write(frozen, replace(sent_at(START), scheduled_send=None))
    frozen.index.late = {"inv_001"}
    at = midnight(10)
    frozen.run_use_case(lambda uow: send_invoice(uow, "inv_001", None, page_url=PAGE_URL, send_at=at))
    assert frozen.advance(LATER).done == {"scheduled_sends": 1, "overdue": 1}


def test_what_the_index_shows_too_late_is_not_done_again(frozen: ClockOffice) -> None:
    """It shows an entry of before, and not the one that the entity has now."""
    write(frozen, overdue_at(midnight(10)))
    (old,) = frozen.index.of_clock(ACCOUNT, LATER)
    write(frozen, replace(overdue_at(midnight(20)), version=2))
    frozen.index.of_clock = lambda *_: iter([old, old])  # type: ignore[method-assign]
    assert frozen.advance(LATER).done == {"overdue": 1}
    assert frozen.events_at() == [("inv_001", midnight(20))]


def test_an_impossible_step_ends_it_where_it_is(frozen: ClockOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    write(frozen, *(overdue_at(midnight(10 * number), number) for number in range(1, 4)))
    become = _due_work.become_overdue

    def broken(uow: UnitOfWork, invoice: Invoice, account: Any) -> Invoice:
        if invoice.id == "inv_002":
            raise Conflict("BROKEN", "It cannot be.")
        return become(uow, invoice, account)

    with monkeypatch.context() as patched:
        patched.setattr(_due_work, "become_overdue", broken)
        clock = frozen.advance(LATER)
    assert (clock.status, clock.now, clock.target) == (ClockStatus.FAILED, midnight(10), LATER)
    assert (clock.last_error, clock.done, frozen.is_told_to_advance) == ("It cannot be.", {"overdue": 1}, False)
    assert frozen.tick() == []
    again = frozen.advance(LATER)
    assert (again.status, again.last_error, again.done) == (ClockStatus.READY, None, {"overdue": 2})


@pytest.mark.parametrize("times", [_advance.ATTEMPTS - 1, _advance.ATTEMPTS])
def test_an_error_nobody_expected_is_met_again_before_it_ends(
    frozen: ClockOffice, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    write(frozen, overdue_at(midnight(10)))
    become, errors = _due_work.become_overdue, [RuntimeError("secret")] * times

    def broken(*args: Any) -> Invoice:
        if errors:
            raise errors.pop()
        return become(*args)

    monkeypatch.setattr(_due_work, "become_overdue", broken)
    if times < _advance.ATTEMPTS:
        assert frozen.advance(LATER).status is ClockStatus.READY
        return
    with pytest.raises(RuntimeError):
        frozen.advance(LATER)
    assert frozen.clock
    assert (frozen.clock.status, frozen.clock.last_error) == (ClockStatus.FAILED, _advance.INTERNAL)
    assert frozen.advance(LATER).status is ClockStatus.READY


def test_a_scheduled_send_that_fails_is_put_off_and_not_counted(frozen: ClockOffice) -> None:
    """The clock passes its next attempts too, and goes on."""
    write(frozen, sent_at(midnight(10), 1), overdue_at(midnight(30), 2))
    frozen.store.keep(an_account(account=ACCOUNT, time_zone="UTC", books_locked_until=date(2028, 12, 31)))
    clock = frozen.advance(LATER)
    assert (clock.status, clock.done) == (ClockStatus.READY, {"overdue": 1})
    send = stored(frozen).scheduled_send
    assert send
    assert (send.attempts, send.due_at, send.failure and send.failure.code) == (15, None, "PERIOD_LOCKED")
    assert frozen.events_at() == [("inv_001", midnight(10)), ("inv_002", midnight(30))]


def test_a_time_zone_that_was_changed_a_moment_ago_counts(frozen: ClockOffice) -> None:
    """No tick has moved what waits for a civil time yet."""
    write(frozen, overdue_at(midnight(10), 1))
    frozen.run_use_case(lambda uow: update_account(uow, {"time_zone": "Asia/Tokyo"}))
    assert frozen.advance(LATER).done == {"overdue": 1}
    assert frozen.events_at()[-1] == ("inv_001", midnight(10) - timedelta(hours=9))


def test_entries_that_stand_twice_on_the_agenda_are_met_once(frozen: ClockOffice) -> None:
    write(frozen, *(overdue_at(midnight(days), days) for days in (3, 1, 2)))
    entries = list(frozen.index.of_clock(ACCOUNT, LATER))
    later = DueEntry(LATER + MILLISECOND, Work.OVERDUE, "inv_009", "Invoice", ACCOUNT)
    agenda = Agenda(iter(entries), [*entries, later], LATER)
    agenda.add([*entries, later])
    met = []
    while entry := agenda.next_entry():
        met.append(entry)
    assert met == entries
    assert all(first < second for first, second in pairwise(met))
