"""The date of a movement: not after today, not before what it undoes, not in a locked period."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.ledger.entry_date import entry_date, require_open
from tests.builders import an_account

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
DAYS = st.integers(-4, 4).map(lambda days: TODAY + days * DAY)


def test_the_default_is_today_or_the_date_of_what_it_undoes_where_that_is_later() -> None:
    assert entry_date(an_account(), "x", None, TODAY) == TODAY
    assert entry_date(an_account(), "x", None, TODAY, not_before=TODAY - DAY) == TODAY
    assert entry_date(an_account(), "x", None, TODAY, not_before=TODAY + DAY) == TODAY + DAY


@pytest.mark.parametrize(
    ("given", "not_before", "message"),
    [
        (TODAY + DAY, date.min, "paid_on must be 2026-11-22 or earlier, today in UTC."),
        (TODAY + 2 * DAY, TODAY + DAY, "paid_on must be 2026-11-23 or earlier, the date of what this undoes."),
        (TODAY - DAY, TODAY, "paid_on must be 2026-11-22 or later, the date of what this undoes."),
    ],
)
def test_a_wrong_date_names_the_one_that_is_possible(given: date, not_before: date, message: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        entry_date(an_account(), "paid_on", given, TODAY, not_before=not_before)
    (detail,) = refused.value.details
    assert (detail.field, detail.code, detail.message, detail.value) == (
        "paid_on", "DATE_INVALID", message, given.isoformat(),
    )  # fmt: skip


def test_a_locked_period_includes_its_last_day_and_says_what_to_do() -> None:
    account = an_account(books_locked_until=TODAY - DAY)
    require_open(account, TODAY)
    with pytest.raises(Conflict) as refused:
        require_open(account, TODAY - DAY)
    assert refused.value.code == "PERIOD_LOCKED"
    assert refused.value.message == (
        "The books are locked up to and including 2026-11-21, so nothing can change on 2026-11-21. "
        "Use a later date, or change books_locked_until of the account."
    )


@given(st.none() | DAYS, st.just(date.min) | DAYS, st.none() | DAYS)
def test_every_date_is_accepted_or_refused_for_one_reason(
    asked: date | None, not_before: date, locked_until: date | None
) -> None:
    latest = max(not_before, TODAY)
    wanted = asked or latest
    account = an_account(books_locked_until=locked_until)
    try:
        on = entry_date(account, "x", asked, TODAY, not_before=not_before)
    except ValidationFailed:
        assert asked
        assert not not_before <= asked <= latest
    except Conflict:
        assert locked_until
        assert not_before <= wanted <= locked_until
    else:
        assert on == wanted
        assert not_before <= on <= latest
        assert locked_until is None or on > locked_until
