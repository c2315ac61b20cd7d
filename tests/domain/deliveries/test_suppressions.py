"""Which failures of a mailbox are in a row."""

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.domain.deliveries.suppression import MOST_FAILURES, FailureStreak, with_end_of
from tests.builders import ACCOUNT, a_delivery

NONE = FailureStreak(account=ACCOUNT, id="ap@initech.example", version=0)


def failed(number: int) -> Delivery:
    return a_delivery(id=f"dlv_{number:03}", failure="mailbox_full")


def delivered(number: int) -> Delivery:
    return a_delivery(id=f"dlv_{number:03}")


def after(*ends: Delivery) -> FailureStreak:
    streak = NONE
    for end in ends:
        streak = with_end_of(streak, end)
    return streak


@given(st.dictionaries(st.integers(1, 12), st.booleans(), max_size=12), st.data())
def test_a_streak_is_what_failed_since_the_last_that_arrived(ends: dict[int, bool], data: st.DataObject) -> None:
    """Whatever the order in which it is known; written as a plain count from the latest e-mail backwards."""
    in_order = [failed(number) if ends[number] else delivered(number) for number in sorted(ends)]
    expected: list[str] = []
    for end in reversed(in_order):
        if end.failure is None:
            break
        expected.insert(0, end.id)
    shuffled = data.draw(st.permutations(in_order))
    assert after(*shuffled).failed == tuple(expected[-MOST_FAILURES:])
    assert after(*shuffled).is_long == (len(expected) >= MOST_FAILURES)


def test_three_different_emails_are_needed() -> None:
    assert not after(failed(1), failed(2), failed(2), failed(1)).is_long
    assert after(failed(1), failed(2), failed(3)).is_long
    assert with_end_of(after(failed(1)), failed(1)).version == 1


def test_one_that_came_back_after_it_was_delivered_has_failed() -> None:
    assert after(failed(1), delivered(2), failed(2), failed(3)).failed == ("dlv_002", "dlv_003")


def test_one_that_arrived_although_it_seemed_to_come_back_has_not_failed() -> None:
    assert after(failed(1), failed(2), delivered(2)).failed == ()
