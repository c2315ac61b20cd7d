"""The statement of a customer's account."""

from datetime import UTC, date, datetime

import pytest

from invoicing.domain.errors import InvalidRequest, NotFound
from invoicing.domain.ledger.entry import Movement
from invoicing.operations.customers import get_customer_statement as module
from invoicing.operations.customers.get_customer_statement import CustomerStatement, Period, get_customer_statement
from tests.builders import NOW, a_customer, an_account
from tests.fakes import FakeLedger, FakeStore
from tests.office import Office
from tests.operations.settling import an_entry, keep_booked, lose, pay, undo, use_credit


def statement(
    office: Office, store: FakeStore, wanted: Period | None = None, customer_id: str = "cust_123"
) -> CustomerStatement:
    return get_customer_statement(office.uow(), customer_id, wanted or Period(), FakeLedger(store))


def test_everything_that_happened_is_there_and_adds_up(office: Office, store: FakeStore) -> None:
    store.keep(an_entry(id="ent_before", date=date(2026, 10, 31), amount=50000))
    keep_booked(store)
    keep_booked(store, id="inv_2")
    pay(office, "1900", over=True)
    use_credit(office, "60", "inv_2")
    lose(office, invoice_id="inv_2")
    undo(office, "inv_2")
    store.reads = 0
    period = statement(office, store).statements[0]
    assert period.opening_balance == 50000
    assert sorted(line.entry.movement for line in period.lines) == sorted(
        [
            Movement.INVOICE, Movement.INVOICE, Movement.PAYMENT, Movement.CREDIT_APPLIED,
            Movement.WRITE_OFF, Movement.WRITE_OFF_UNDONE,
        ]
    )  # fmt: skip
    assert period.closing_balance == period.lines[-1].balance == 50000 + 2 * 183600 - 190000
    assert (period.closing_credit, store.reads) == (400, 1)


def test_it_is_of_this_month_up_to_today_in_the_customers_currency(office: Office, store: FakeStore) -> None:
    found = statement(office, store)
    assert (found.statements[0].start, found.statements[0].end, found.statements[0].currency) == (
        date(2026, 11, 1), NOW.date(), "USD",
    )  # fmt: skip
    assert (found.locale, found.seller.name, found.buyer.name) == ("en", "Acme Studio GmbH", "Initech Ltd.")
    store.keep(a_customer(currency="EUR", locale="de", archived_at=NOW), an_account(time_zone="Asia/Tokyo"))
    office.now = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    found = statement(office, store)
    assert (found.statements[0].start, found.statements[0].end, found.statements[0].currency, found.locale) == (
        date(2026, 12, 1), date(2026, 12, 1), "EUR", "de",
    )  # fmt: skip


def test_it_begins_with_the_month_that_it_ends_in(office: Office, store: FakeStore) -> None:
    period = statement(office, store, Period(end=date(2024, 2, 29))).statements[0]
    assert (period.start, period.end) == (date(2024, 2, 1), date(2024, 2, 29))


def test_both_days_belong_to_it_and_other_currencies_do_not(office: Office, store: FakeStore) -> None:
    days = [date(2026, 3, day) for day in (1, 2, 3, 4)]
    store.keep(*(an_entry(id=f"ent_{day.day}", date=day, amount=day.day) for day in days))
    store.keep(an_entry(id="ent_yen", date=days[1], amount=1000, currency="JPY"))
    period = statement(office, store, Period(start=days[1], end=days[2], currency="USD")).statements[0]
    assert (period.opening_balance, [line.entry.amount for line in period.lines]) == (1, [2, 3])
    assert period.closing_balance == 6
    yen = statement(office, store, Period(start=days[1], end=days[2], currency="JPY")).statements[0]
    assert (yen.opening_balance, yen.closing_balance) == (0, 1000)


def test_without_a_currency_it_has_a_section_for_each_with_an_amount_or_movement(
    office: Office, store: FakeStore
) -> None:
    days = [date(2026, 3, day) for day in (1, 2, 3, 4)]
    store.keep(an_entry(id="ent_1", date=days[1], amount=500, currency="EUR"))
    period = Period(start=days[1], end=days[2])
    assert [(each.currency, each.closing_balance) for each in statement(office, store, period).statements] == [
        ("EUR", 500)
    ]
    store.keep(
        an_entry(id="ent_2", date=days[0], amount=300, currency="GBP"),
        an_entry(id="ent_3", date=days[0], amount=-100, credit=100, currency="CHF"),
        an_entry(id="ent_4", date=days[0], amount=100, currency="CHF"),
        an_entry(id="ent_5", date=days[0], amount=700, currency="JPY"),
        an_entry(id="ent_6", date=days[0], amount=-700, currency="JPY"),
        an_entry(id="ent_7", date=days[3], amount=900, currency="USD"),
    )
    assert [
        (each.currency, each.opening_balance, len(each.lines), each.closing_balance, each.closing_credit)
        for each in statement(office, store, period).statements
    ] == [("CHF", 0, 0, 0, 100), ("EUR", 0, 1, 500, 0), ("GBP", 300, 0, 300, 0)]
    before = Period(start=date(2026, 1, 1), end=date(2026, 1, 31))
    assert [each.currency for each in statement(office, store, before).statements] == ["USD"]


def test_it_cannot_end_before_it_starts(office: Office, store: FakeStore) -> None:
    for wanted in (Period(start=date(2026, 12, 1)), Period(start=date(2026, 2, 2), end=date(2026, 2, 1))):
        with pytest.raises(InvalidRequest) as refused:
            statement(office, store, wanted)
        (detail,) = refused.value.details
        assert (refused.value.code, detail.field, detail.code) == ("INVALID_QUERY", "start_date", "DATE_INVALID")


def test_one_that_could_not_be_answered_is_refused(
    office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_MOVEMENTS", 2)
    store.keep(*(an_entry(id=f"ent_{number}", amount=1) for number in range(3)))
    with pytest.raises(InvalidRequest) as refused:
        statement(office, store)
    assert refused.value.code == "QUERY_TOO_BROAD"


def test_an_unknown_customer_has_none(office: Office, store: FakeStore) -> None:
    with pytest.raises(NotFound) as refused:
        statement(office, store, customer_id="cust_404")
    assert refused.value.code == "CUSTOMER_NOT_FOUND"


def test_ageing_of_a_past_day_leaves_out_what_happened_since(office: Office, store: FakeStore) -> None:
    keep_booked(store)
    pay(office, "1000")
    (now,) = statement(office, store).statements
    (before,) = statement(office, store, Period(end=date(2026, 11, 21))).statements
    assert now.ageing
    assert sum(now.ageing.buckets) == now.closing_balance == 83600
    assert before.ageing
    assert sum(before.ageing.buckets) == before.closing_balance


def test_where_too_much_happened_since_there_is_no_ageing(
    office: Office, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_READ", 3)
    days = [date(2026, 3, day) for day in (1, 2, 3, 4)]
    store.keep(*(an_entry(id=f"ent_{day.day}", date=day, amount=day.day) for day in days))
    (found,) = statement(office, store, Period(start=days[0], end=days[1])).statements
    assert ([line.entry.amount for line in found.lines], found.ageing) == ([1, 2], None)
    with pytest.raises(InvalidRequest):
        statement(office, store, Period(start=days[0], end=days[2], currency="JPY"))
