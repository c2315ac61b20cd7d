"""How an endpoint does."""

from datetime import UTC, datetime, timedelta

from invoicing.domain.webhooks.state import LEASE, MOST_AT_ONCE, MOST_PER_SECOND, WebhookState, due_state

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
NEW = WebhookState(account="acc_1", id="webhook_1")
HOUR = timedelta(hours=1)


def trying(state: WebhookState, *ids: str, at: datetime = MONDAY) -> WebhookState:
    for each in ids:
        following = state.with_attempt(each, at)
        assert following
        state = following
    return state


def failed(state: WebhookState, event: str, at: datetime) -> WebhookState:
    return trying(state, "dlv", at=at).after_failure("dlv", event, at)


def test_so_many_attempts_at_a_time_and_one_after_a_failure() -> None:
    full = trying(NEW, *(f"dlv_{number}" for number in range(MOST_AT_ONCE)))
    assert full.with_attempt("dlv_x", MONDAY) is None
    assert full.after_success("dlv_0").with_attempt("dlv_x", MONDAY)
    assert full.after_failure("dlv_0", "evt_0", MONDAY).with_attempt("dlv_x", MONDAY) is None
    assert trying(failed(NEW, "evt_1", MONDAY), "dlv_1").with_attempt("dlv_2", MONDAY) is None


def test_an_attempt_of_which_nobody_says_the_end_ends_with_its_lease() -> None:
    full = trying(NEW, *(f"dlv_{number}" for number in range(MOST_AT_ONCE)))
    assert full.is_trying("dlv_0", MONDAY)
    assert not full.is_trying("dlv_0", MONDAY + LEASE)
    assert trying(full, "dlv_x", at=MONDAY + LEASE).under_way == (("dlv_x", MONDAY + 2 * LEASE),)


def test_so_many_attempts_a_second() -> None:
    state = NEW
    for number in range(MOST_PER_SECOND):
        state = trying(state, f"dlv_{number}").after_success(f"dlv_{number}")
    assert state.with_attempt("dlv_x", MONDAY) is None
    assert state.with_attempt("dlv_x", MONDAY + timedelta(seconds=1))


def test_it_is_given_up_after_five_events_and_a_day() -> None:
    state = NEW
    for hour in range(24):
        state = failed(state, f"evt_{hour}", MONDAY + hour * HOUR)
        assert not state.is_given_up(MONDAY + hour * HOUR)
    assert failed(state, "evt_24", MONDAY + 24 * HOUR).is_given_up(MONDAY + 24 * HOUR)


def test_four_events_are_not_enough_however_often_they_fail() -> None:
    state = NEW
    for hour in range(100):
        state = failed(state, f"evt_{hour % 4}", MONDAY + hour * HOUR)
    assert not state.is_given_up(MONDAY + 100 * HOUR)


def test_a_success_begins_the_count_anew() -> None:
    state = NEW
    for hour in range(30):
        state = failed(state, f"evt_{hour}", MONDAY + hour * HOUR)
        if hour == 11:
            state = trying(state, "dlv", at=MONDAY + hour * HOUR + HOUR / 2).after_success("dlv")
            assert not state.is_failing
    assert not state.is_given_up(MONDAY + 30 * HOUR)


def test_it_is_down_when_more_than_one_event_fails() -> None:
    assert not failed(failed(NEW, "evt_1", MONDAY), "evt_1", MONDAY + HOUR).is_down
    assert failed(failed(NEW, "evt_1", MONDAY), "evt_2", MONDAY + HOUR).is_down


def test_what_waits_is_looked_at_at_the_earliest_time() -> None:
    assert due_state(NEW) is None
    state = NEW.waited_for(MONDAY + HOUR, MONDAY).waited_for(MONDAY, MONDAY).waited_for(MONDAY + 2 * HOUR, MONDAY)
    due = due_state(state)
    assert due is not None
    assert (due.at, state.version) == (MONDAY, 3)
