"""The query language of lists: what is understood, and that everything else is refused by name."""

import time
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.api.parameters import read_parameters
from invoicing.api.queries.credit_notes import CREDIT_NOTES, CREDIT_NOTES_OF_INVOICE
from invoicing.api.queries.customers import CUSTOMERS
from invoicing.api.queries.invoices import INVOICES
from invoicing.api.queries.payments import PAYMENTS
from invoicing.api.queries.statements import STATEMENT
from invoicing.api.query import ListSpec, ParsedQuery, read_query
from invoicing.domain.calendar import instant_text
from invoicing.domain.errors import MOST_DETAILS, InvalidRequest
from invoicing.operations.lists.query import Condition, Sort, matches
from invoicing.operations.lists.sort_texts import amount_text


def ask(query: str) -> ParsedQuery:
    return read_query(query, INVOICES)


def refused(query: str) -> list[tuple[str, str]]:
    """The parameters that a query is refused for, and why."""
    with pytest.raises(InvalidRequest) as error:
        ask(query)
    assert error.value.code == "INVALID_QUERY"
    return [(detail.field, detail.code) for detail in error.value.details]


def problems(query: str) -> list[tuple[str, str]]:
    """The same, or nothing when it is understood."""
    try:
        ask(query)
    except InvalidRequest:
        return refused(query)
    return []


def test_nothing_asked_is_the_first_20_newest_first() -> None:
    query = ask("").query
    assert (query.page, query.per_page, query.cursor, query.conditions) == (1, 20, None, ())
    assert query.sorts == (Sort("created_at", descending=True),)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=overdue", Condition("status", "eq", ("overdue",))),
        ("filter[amount][gte]=100", Condition("amount", "gte", ("00000000000000000100.0000",))),
        ("filter%5Bamount%5D%5Blt%5D=0.125", Condition("amount", "lt", ("00000000000000000000.1250",))),
        ("filter[status][in]=sent%2Coverdue", Condition("status", "in", ("sent", "overdue"))),
        ("filter[invoice_number][like]=INV-2024%25", Condition("invoice_number", "like", ("INV-2024%",))),
        ("invoice_number=A+B", Condition("invoice_number", "eq", ("A B",))),
        ("created_at=2026-01-31", Condition("created_at", "eq", ("2026-01-31",))),
        (
            "filter[created_at][gt]=2026-01-31T01:30:00.1239%2B02:00",
            Condition("created_at", "gt", ("2026-01-30T23:30:00.123Z",)),
        ),
    ],
)
def test_filters(query: str, expected: Condition) -> None:
    assert ask(query).query.conditions == (expected,)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=amount", (Sort("amount", descending=True),)),
        ("order=asc", (Sort("created_at", descending=False),)),
        (
            "sort=amount,created_at&order=desc,asc",
            (Sort("amount", descending=True), Sort("created_at", descending=False)),
        ),
        ("sort=amount,due_date&order=asc", (Sort("amount", descending=False), Sort("due_date", descending=False))),
    ],
)
def test_order(query: str, expected: tuple[Sort, ...]) -> None:
    assert ask(query).query.sorts == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("page=0", [("page", "VALUE_INVALID")]),
        ("page=1.0", [("page", "VALUE_INVALID")]),
        ("page=1000001", [("page", "VALUE_INVALID")]),
        ("page=", [("page", "VALUE_INVALID")]),
        ("page=%D9%A1", [("page", "VALUE_INVALID")]),
        ("per_page=0", [("per_page", "VALUE_INVALID")]),
        ("per_page=101", [("per_page", "VALUE_INVALID")]),
        ("page=2&cursor=x", [("page", "VALUE_INVALID")]),
        ("statuss=paid", [("statuss", "PARAMETER_UNKNOWN")]),
        ("filter[total][eq]=1", [("filter[total][eq]", "PARAMETER_UNKNOWN")]),
        ("filter[amount]=1", [("filter[amount]", "PARAMETER_UNKNOWN")]),
        ("amount[gte]=1", [("amount[gte]", "PARAMETER_UNKNOWN")]),
        ("filter[amount][between]=1", [("filter[amount][between]", "OPERATOR_UNKNOWN")]),
        ("filter[status][gt]=paid", [("filter[status][gt]", "OPERATOR_UNKNOWN")]),
        ("status=late", [("status", "VALUE_INVALID")]),
        ("status=", [("status", "VALUE_INVALID")]),
        ("filter[status][in]=paid,", [("filter[status][in]", "VALUE_INVALID")]),
        ("amount=-1", [("amount", "VALUE_INVALID")]),
        ("amount=1e3", [("amount", "VALUE_INVALID")]),
        ("amount=1.00001", [("amount", "VALUE_INVALID")]),
        ("due_date=2026-02-30", [("due_date", "VALUE_INVALID")]),
        ("due_date=2026-02-03T00:00:00Z", [("due_date", "VALUE_INVALID")]),
        ("created_at=2026-02-03T00:00:00", [("created_at", "VALUE_INVALID")]),
        ("created_at=0001-01-01T00:00:00%2B23:00", [("created_at", "VALUE_INVALID")]),
        ("currency=usd", [("currency", "VALUE_INVALID")]),
        ("customer_id=", [("customer_id", "VALUE_INVALID")]),
        ("customer_id=" + "x" * 201, [("customer_id", "VALUE_INVALID")]),
        ("customer_id=a%00b", [("customer_id", "VALUE_INVALID")]),
        ("customer_id=%FF", [("customer_id", "VALUE_INVALID")]),
        ("sort=status", [("sort", "VALUE_INVALID")]),
        ("sort=", [("sort", "VALUE_INVALID")]),
        ("sort=amount,amount", [("sort", "VALUE_INVALID")]),
        ("order=down", [("order", "VALUE_INVALID")]),
        ("sort=amount&order=asc,desc", [("order", "VALUE_INVALID")]),
        ("fields=id,nope", [("fields", "FIELD_UNKNOWN")]),
        ("status=paid&status=sent", [("status", "PARAMETER_REPEATED")]),
        ("filter[amount][in]=" + ",".join("1" * 11), [("filter[amount][in]", "TOO_MANY")]),
        ("page=0&per_page=x", [("page", "VALUE_INVALID"), ("per_page", "VALUE_INVALID")]),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_by_name(query: str, expected: list[tuple[str, str]]) -> None:
    assert refused(query) == expected


@pytest.mark.parametrize("query", ["&".join(f"p{number}=1" for number in range(900)), "a=1&" * 900 + "page=0"])
def test_of_many_wrong_parameters_the_first_hundred_are_named(query: str) -> None:
    assert len(refused(query)) <= MOST_DETAILS
    with pytest.raises(InvalidRequest) as error:
        read_parameters(query, STATEMENT)
    assert len(error.value.details) == MOST_DETAILS


def test_reading_many_parameters_takes_time_in_proportion() -> None:
    """20,000 took 10 seconds when each was looked for among all."""
    started = time.process_time()
    refused("&".join(f"p{number}=1" for number in range(20_000)))
    assert time.process_time() - started < 2


def test_the_message_repeats_the_first_wrong_parameter() -> None:
    with pytest.raises(InvalidRequest) as error:
        ask("page=0&per_page=0")
    assert error.value.message == "page must be a whole number from 1 to 1,000,000."


def test_archived_customers_are_hidden_unless_asked_for() -> None:
    assert read_query("", CUSTOMERS).query.conditions == (Condition("archived", "eq", ("false",)),)
    assert read_query("archived=true", CUSTOMERS).query.conditions == (Condition("archived", "eq", ("true",)),)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", (1, 20, None)),
        ("limit=5", (1, 5, 0)),
        ("offset=0", (1, 20, 0)),
        ("limit=5&offset=5", (2, 5, 5)),
        ("limit=5&offset=6", (3, 5, 6)),
        ("limit=5&offset=4", (2, 5, 4)),
    ],
)
@pytest.mark.parametrize("spec", [PAYMENTS, INVOICES, CUSTOMERS])
def test_every_list_can_be_skipped_into(query: str, expected: tuple[int, int, int | None], spec: ListSpec) -> None:
    found = read_query(query, spec).query
    assert (found.page, found.per_page, found.offset) == expected
    assert found.skipped == (expected[2] or 0)


@pytest.mark.parametrize(
    ("query", "field", "descending"),
    [
        ("", "created_at", True),
        ("start_date=2026-01-01", "payment_date", True),
        ("end_date=2026-01-01&order=asc", "payment_date", False),
        ("filter[payment_date][in]=2026-01-01,2026-01-02", "payment_date", True),
        ("start_date=2026-01-01&sort=created_at", "created_at", True),
    ],
)
def test_payments_of_a_period_are_sorted_by_their_date(query: str, field: str, descending: bool) -> None:
    assert read_query(query, PAYMENTS).query.sorts == (Sort(field, descending),)


def test_a_period_has_a_first_and_a_last_day() -> None:
    assert read_query("start_date=2026-01-01&end_date=2026-01-31", PAYMENTS).query.conditions == (
        Condition("payment_date", "gte", ("2026-01-01",)),
        Condition("payment_date", "lte", ("2026-01-31",)),
    )


def test_names_are_searched_for_in_any_case() -> None:
    query = read_query(urlencode({"filter[name][like]": "STRAßE%"}), CUSTOMERS).query
    assert query.conditions[0] == Condition("name", "like", ("strasse%",))


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_is_sent_is_understood_or_refused(name: str, value: str) -> None:
    for query in (f"{name}={value}", urlencode({name: value}, errors="replace"), f"filter[amount][{name}]={value}"):
        assert all(field.isprintable() for field, _ in problems(query))


@given(st.binary(max_size=20))
def test_bytes_that_are_no_text_are_refused_too(raw: bytes) -> None:
    for query in (f"invoice_number={quote(raw)}", f"{quote(raw)}=1"):
        assert all(field.isprintable() for field, _ in problems(query))


amounts = st.decimals(0, 10**15 - 1, places=4)
instants = st.datetimes(min_value=datetime(1000, 1, 2), timezones=st.just(UTC))  # noqa: DTZ001


@given(amounts, amounts)
def test_amounts_sort_as_texts(one: Decimal, other: Decimal) -> None:
    assert (one < other) == (amount_text(one) < amount_text(other))
    assert len(amount_text(one)) == 25


@given(instants, instants)
def test_instants_sort_as_texts(one: datetime, other: datetime) -> None:
    if abs(one - other).total_seconds() > 0.001:
        assert (one < other) == (instant_text(one) < instant_text(other))


@given(
    st.lists(st.text(st.characters(exclude_characters="%", exclude_categories=["Cs"]), max_size=3), min_size=2),
    st.data(),
)
def test_like_is_any_text_for_each_percent_sign(parts: list[str], data: st.DataObject) -> None:
    fillings = [data.draw(st.text(max_size=3)) for _ in parts[1:]]
    text = parts[0] + "".join(filling + part for filling, part in zip(fillings, parts[1:], strict=True))
    assert matches("%".join(parts), text)


@pytest.mark.parametrize(
    ("pattern", "text"), [("a%", "ba"), ("%a", "ab"), ("a%a", "a"), ("ab%b", "ab"), ("b", "aca"), ("a%b%c", "acb")]
)
def test_what_is_not_like_a_pattern(pattern: str, text: str) -> None:
    assert not matches(pattern, text)


def test_a_cursor_belongs_to_its_query() -> None:
    base: Any = ask("status=paid").query.fingerprint
    assert ask("status=paid&page=3").query.fingerprint == base
    for other in ("status=sent", "status=paid&order=asc", "status=paid&per_page=3", "filter[status][ne]=paid", ""):
        assert ask(other).query.fingerprint != base


@pytest.mark.parametrize(
    ("query", "of", "wanted"),
    [
        ("", INVOICES, True),
        ("fields=id,items", INVOICES, True),
        ("fields=id,invoice_number", INVOICES, False),
        ("fields=id", CREDIT_NOTES, False),
        ("fields=items", CREDIT_NOTES_OF_INVOICE, True),
        ("fields=id", CREDIT_NOTES_OF_INVOICE, False),
        ("fields=id", CUSTOMERS, True),
    ],
)
def test_lines_are_read_only_where_they_are_shown(query: str, of: ListSpec, *, wanted: bool) -> None:
    assert read_query(query, of).query.with_lines is wanted
