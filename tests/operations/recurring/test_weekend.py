"""Another weekend of the account: dates that wait move to its business days."""

from collections.abc import Sequence

from invoicing.operations.account.update_account import update_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.operations.recurring.planning import create
from tests.operations.recurring.recurring_office import invoices, run, stored


def change_weekend(office: Office, store: FakeStore, weekend: Sequence[str]) -> None:
    office.run_use_case(lambda uow: update_account(uow, {"weekend": tuple(weekend)}))
    run(office, store, office.now)


def test_a_date_comes_earlier_where_its_day_is_a_business_day_now(office: Office, store: FakeStore) -> None:
    schedule = create(office, "weekly", "2026-11-28", business_days="next")
    assert f"{stored(store, schedule.id).next_at:%a %d}" == "Mon 30"
    change_weekend(office, store, ("fri",))
    assert f"{stored(store, schedule.id).next_at:%a %d}" == "Sat 28"
    run(office, store, "2026-11-28T09:00Z")
    assert [str(each.issue_date) for each in invoices(store)] == ["2026-11-28"]


def test_a_date_comes_later_where_its_day_is_one_no_more(office: Office, store: FakeStore) -> None:
    schedule = create(office, "weekly", "2026-11-27", business_days="next")
    change_weekend(office, store, ("fri", "sat"))
    assert f"{stored(store, schedule.id).next_at:%a %d}" == "Sun 29"


def test_other_schedules_stay_as_they_are(office: Office, store: FakeStore) -> None:
    schedule = create(office, "weekly", "2026-11-27")
    change_weekend(office, store, ("fri", "sat"))
    assert stored(store, schedule.id) == schedule
