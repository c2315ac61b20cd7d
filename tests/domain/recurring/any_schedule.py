"""Any schedule of some months: rules, contents, planned changes, ends."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from invoicing.domain.errors import ValidationFailed
from invoicing.domain.invoices.drafting import NewInvoice
from invoicing.domain.money.discounts import Discount
from invoicing.domain.parties.account import Account
from invoicing.domain.recurring.recurring_invoice import PlannedContent, RecurringInvoice
from tests.builders import a_line
from tests.domain.recurring.plans import a_content, a_started, day

BEGIN = day("2027-01-04")
WORDS = "{{ month }} {{ occurrence }} {{ period_start }}"

_days = st.integers(0, 100).map(lambda days: BEGIN + timedelta(days=days))
_prices = st.sampled_from(["0.01", "9.99", "100", "333.33", "12345.67"])


def _lines(prices: list[str]) -> Any:
    return tuple(
        a_line("3", price, rate, description=WORDS) for price, rate in zip(prices, ("0.2", None, "0.075"), strict=False)
    )


contents: st.SearchStrategy[NewInvoice] = st.builds(
    lambda prices, **given: a_content(lines=_lines(prices), tax_rate=Decimal("0.1"), **given),
    st.lists(_prices, min_size=1, max_size=3),
    currency=st.sampled_from([None, "EUR", "USD"]),
    discount=st.sampled_from(
        [None, Discount(type="percentage", value=Decimal(7)), Discount(type="fixed", value=Decimal("0.01"))]
    ),
    payment_terms=st.sampled_from([None, "Due on receipt", "Net 30", "14 days EOM"]),
    prices_include_tax=st.booleans(),
)

_rules = st.one_of(
    st.fixed_dictionaries({"frequency": st.just("daily"), "interval": st.integers(1, 9)}),
    st.fixed_dictionaries(
        {
            "frequency": st.just("weekly"),
            "interval": st.integers(1, 3),
            "weekday": st.sampled_from([None, "mon", "sat"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "frequency": st.sampled_from(["monthly", "quarterly"]),
            "interval": st.integers(1, 2),
            "day": st.sampled_from([None, 1, 15, 31, "last"]),
        }
    ),
)

_more = st.fixed_dictionaries(
    {
        "billing": st.sampled_from(["in_advance", "in_arrears"]),
        "proration": st.sampled_from(["none", "first", "first_and_last"]),
        "business_days": st.sampled_from(["none", "next", "previous", "modified_next"]),
        "max_occurrences": st.sampled_from([None, 1, 4]),
        "on_generate": st.sampled_from(["draft", "issue", "send"]),
    }
)


@st.composite
def schedules(draw: st.DrawFn, account: Account) -> RecurringInvoice:
    """A schedule that was created before its first date, with at most two planned changes."""
    given: dict[str, Any] = draw(_rules) | draw(_more)
    if given["frequency"] == "daily":
        given["business_days"] = "none"
    start: date = draw(_days)
    length = draw(st.sampled_from([None, 0, 10, 45, 90]))
    end = None if length is None else start + timedelta(days=length)
    planned = [PlannedContent(each, draw(contents)) for each in sorted(draw(st.sets(_days, max_size=2)))]
    try:
        schedule = a_started(start=start.isoformat(), by=account, end_date=end, content=draw(contents), **given)
    except ValidationFailed:
        reject()
    return replace(schedule, account=account.account, planned=tuple(planned))
