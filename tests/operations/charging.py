"""Late fees of an office: accounts and customers that charge them, and the invoices of the fees."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from invoicing.domain.due_work import Work
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.domain.late_fees.late_fee import LateFee, late_fee_of
from invoicing.domain.late_fees.late_fee_change import LateFeeChange
from invoicing.domain.merging import Merge
from invoicing.operations.account.update_account import update_account
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.invoices.charge_late_fee import charge_late_fee
from tests.books import issue
from tests.builders import PAGE_URL, a_customer, an_account
from tests.fakes import FakeStore
from tests.office import Office
from tests.ticking import entries, tick


def interest(percent: str = "10.15", **overrides: Any) -> LateFee:
    return LateFee(type="daily_interest", value=Decimal(percent), **overrides)


def percentage(percent: str = "1.5", **overrides: Any) -> LateFee:
    return LateFee(type="percentage", value=Decimal(percent), **overrides)


def a_business(
    store: FakeStore, late_fee: LateFee | None = None, time_zone: str = "UTC", /, **of_customer: Any
) -> None:
    """An account that invoices in euro, and its customer."""
    store.keep(an_account(currency="EUR", time_zone=time_zone, late_fee=late_fee), a_customer(**of_customer))


def automatic(late_fee: LateFee, since: str = "2020-01-01") -> LateFee:
    """The late fee after it became automatic on a day."""
    at = datetime.combine(date.fromisoformat(since), time(12), UTC)
    return replace(late_fee, automatic=True, automatic_since=at, page_url=PAGE_URL)


def local(office: Office, day: str, at: str = "00:00", time_zone: str = "UTC") -> None:
    """Let it be a civil time."""
    zone = ZoneInfo(time_zone)
    office.now = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), zone).astimezone(UTC)


def charge(
    office: Office,
    invoice: Invoice,
    late_fee: LateFee | None = None,
    *,
    send_email: bool | None = None,
    if_version: int | None = None,
) -> Invoice:
    return office.run_use_case(
        lambda uow: charge_late_fee(
            uow, invoice.id, late_fee, send_email=send_email, page_url=PAGE_URL, if_version=if_version
        )
    )


def fees_of(store: FakeStore, invoice: Invoice) -> list[Invoice]:
    """The invoices of the late fees of one."""
    return [each for each in store.all(Invoice) if each.late_fee_of == invoice.id]


def totals(store: FakeStore, invoice: Invoice) -> list[tuple[str, int]]:
    """Issue date and total of each invoice of late fees, in the order of their numbers."""
    fees = sorted(fees_of(store, invoice), key=lambda fee: str(fee.number))
    return [(fee.issue_date.isoformat(), fee.total) for fee in fees]


def change_account(office: Office, late_fee: Merge | None) -> None:
    office.run_use_case(lambda uow: update_account(uow, {"late_fee": late_fee}, page_url=PAGE_URL))


def change_customer(office: Office, late_fee: Merge | None, customer_id: str = "cust_123") -> None:
    office.run_use_case(lambda uow: update_customer(uow, customer_id, {"late_fee": late_fee}, page_url=PAGE_URL))


def settle(office: Office, store: FakeStore) -> list[Work]:
    """Let a change of late fees end; return what else was done."""
    done = tick(office, store)
    office.now += SETTLED
    done += tick(office, store)
    assert store.all(LateFeeChange) == []
    return [work for work in done if work is not Work.JOB]


MONTHLY = automatic(percentage(period="P1M"))
ON = Merge({"type": "percentage", "value": MONTHLY.value, "period": "P1M", "automatic": True}, late_fee_of)


def late(office: Office, price: str = "2000", due: str = "2027-01-31", **overrides: Any) -> Invoice:
    local(office, "2027-01-04", "08:00")
    return issue(office, price, due_date=date.fromisoformat(due), **overrides)


def run_until(office: Office, store: FakeStore, last: str, time_zone: str = "UTC") -> list[tuple[datetime, Work]]:
    """Let time pass by what waits, instant by instant, to the end of a day."""
    begin = office.now
    local(office, last, "23:59", time_zone)
    end, office.now = office.now, begin
    done = []
    while waiting := [entry.at for entry in entries(store) if entry.at <= end]:
        office.now = max(office.now, waiting[0])
        done += [(office.now, work) for work in tick(office, store)]
    office.now = end
    return done
