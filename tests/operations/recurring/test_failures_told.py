"""The daily notice names schedules whose invoice could not be made: each failure once, while it lasts."""

from datetime import date, timedelta

import pytest

from invoicing.domain.notices.account_notice import AccountNotice
from invoicing.domain.notices.notice_mail import NoticeMail
from invoicing.domain.parties.notifications import Notifications
from invoicing.operations.documents.notice import NOTICE, Notice, read_notice
from invoicing.operations.recurring.skip_recurring_invoice import skip_recurring_invoice
from tests.builders import an_account
from tests.fakes import Crash, FakeStore
from tests.office import Office
from tests.operations.notices.noticing import bounce, notices
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import run, told
from tests.ticking import tick

LOCKED = date(2026, 12, 31)


@pytest.fixture
def failing(office: Office, store: FakeStore) -> Office:
    """A schedule whose invoices of 2026 cannot be made, from 09:00 on."""
    create(office, "daily", "2026-11-23")
    lock(store, LOCKED)
    return office


def lock(store: FakeStore, until: date | None, **settings: Notifications) -> None:
    (before,) = store.all(type(an_account()))
    store.keep(an_account(version=before.version + 1, books_locked_until=until, **settings))


def gathered(store: FakeStore) -> tuple[tuple[str, ...], int]:
    return next(((each.recurring_ids, each.count) for each in store.all(AccountNotice)), ((), 0))


def said(office: Office, store: FakeStore) -> Notice:
    """What the last notice says now."""
    return read_notice(office.uow(), store.all(NoticeMail)[-1])


def test_a_failure_is_told_of_once_however_often_it_is_tried(failing: Office, store: FakeStore) -> None:
    for minutes in range(0, 120, 5):
        run(failing, store, f"2026-11-23T{9 + minutes // 60:02}:{minutes % 60:02}:00Z")
    (event,) = told(store, "generation_failed")
    assert gathered(store) == ((event.resource_id,), 1)
    run(failing, store, "2026-11-24T08:00:00Z")
    assert [each.recurring_ids for each in store.all(NoticeMail)] == [(event.resource_id,)]
    for day in range(24, 28):
        run(failing, store, f"2026-11-{day}T12:00:00Z")
    assert (len(notices(store)), gathered(store)) == (1, ((), 0))


def test_it_says_whose_invoice_of_which_date_and_why(failing: Office, store: FakeStore) -> None:
    run(failing, store, "2026-11-23T09:00:00Z")
    run(failing, store, "2026-11-24T08:00:00Z")
    (unmade,) = said(failing, store).unmade
    assert unmade.customer
    assert (unmade.customer.name, unmade.error.occurrence_date) == ("Initech Ltd.", date(2026, 11, 23))
    assert (unmade.error.code, bool(unmade.error.message)) == ("PERIOD_LOCKED", True)
    assert NOTICE.refusal(said(failing, store)) is None


@pytest.mark.parametrize("way", ["mended", "skipped to the end"])
def test_what_was_made_or_skipped_meanwhile_is_left_out(failing: Office, store: FakeStore, way: str) -> None:
    run(failing, store, "2026-11-23T09:00:00Z")
    run(failing, store, "2026-11-24T08:00:00Z")
    if way == "mended":
        lock(store, None)
        run(failing, store, "2026-11-24T12:00:00Z")
    else:
        (event,) = told(store, "generation_failed")
        failing.run_use_case(lambda uow: skip_recurring_invoice(uow, event.resource_id))
    assert (said(failing, store).unmade, NOTICE.refusal(said(failing, store))) == ((), "resolved")


def test_emails_and_schedules_are_one_notice(failing: Office, store: FakeStore) -> None:
    bounce(failing, store)
    create(failing, "daily", "2026-11-23")
    run(failing, store, "2026-11-23T08:00:00Z")
    bounce(failing, store, "dlv_2")
    run(failing, store, "2026-11-23T09:00:00Z")
    run(failing, store, "2026-11-24T08:00:00Z")
    first, second = store.all(NoticeMail)
    assert (first.delivery_ids, first.recurring_ids, first.count) == (("dlv_1",), (), 1)
    assert (second.delivery_ids, len(second.recurring_ids), second.count, second.unnamed) == (("dlv_2",), 2, 3, 0)


def test_the_same_failure_of_another_date_is_told_of_again(failing: Office, store: FakeStore) -> None:
    run(failing, store, "2026-11-23T09:00:00Z")
    run(failing, store, "2026-11-24T08:00:00Z")
    (event,) = told(store, "generation_failed")
    failing.run_use_case(lambda uow: skip_recurring_invoice(uow, event.resource_id))
    run(failing, store, "2026-11-24T09:00:00Z")
    assert (len(told(store, "generation_failed")), gathered(store)) == (2, ((event.resource_id,), 1))


def test_a_worker_that_dies_tells_with_the_event_or_not_at_all(failing: Office, store: FakeStore) -> None:
    commit = store.commit

    def die_after(*given: object) -> None:
        commit(*given)  # type: ignore[arg-type]
        raise Crash

    for dying in (lambda *_: _die(), die_after):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(store, "commit", dying)
            with pytest.raises(Crash):
                run(failing, store, "2026-11-23T09:00:00Z")
        assert len(told(store, "generation_failed")) == gathered(store)[1] == (dying is die_after)
    failing.now += timedelta(hours=1)
    tick(failing, store)
    assert (len(told(store, "generation_failed")), gathered(store)[1]) == (1, 1)


@pytest.mark.parametrize("settings", [Notifications(enabled=False), None])
def test_who_wants_none_or_has_no_address_is_told_nothing(
    failing: Office, store: FakeStore, settings: Notifications | None
) -> None:
    if settings:
        lock(store, LOCKED, notifications=settings)
    else:
        store.keep(an_account(version=9, books_locked_until=LOCKED, email=None))
    run(failing, store, "2026-11-23T09:00:00Z")
    assert (len(told(store, "generation_failed")), store.all(AccountNotice)) == (1, [])


def _die() -> None:
    raise Crash
