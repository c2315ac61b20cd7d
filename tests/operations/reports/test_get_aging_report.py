from datetime import timedelta

from invoicing.operations.reports.get_aging_report import get_aging_report
from tests.builders import NOW
from tests.operations.reports.reporting import busy_office


def test_it_is_of_today_unless_asked_otherwise() -> None:
    office, _, totals = busy_office()
    own, converted = get_aging_report(office.uow(), None, None, totals).rows
    assert own.buckets == converted.buckets == (6000, 0, 0, 0, 0)


def test_what_is_open_grows_old() -> None:
    office, _, totals = busy_office()
    days = (30, 31, 60, 61, 90, 91, 120, 121)
    found = [
        get_aging_report(office.uow(), NOW.date() + timedelta(days=each), "USD", totals).rows[0].buckets
        for each in days
    ]
    assert [row.index(6000) for row in found] == [0, 1, 1, 2, 2, 3, 3, 4]


def test_before_it_there_was_nothing() -> None:
    office, _, totals = busy_office()
    assert get_aging_report(office.uow(), NOW.date() - timedelta(days=1), "USD", totals).rows == ()
