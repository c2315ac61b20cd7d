from typing import Any

import pytest

from tests.functions.payments.asking import a_sent_invoice, pay
from tests.http import Response, a_key, call, request
from tests.prepared import prepared


@pytest.fixture
@prepared
def payments(key: str, sent: Any) -> list[Any]:
    """Five payments of 1 to 5 dollars, of two invoices in turn; their dates run against their creation."""
    invoices = [a_sent_invoice(key), sent]
    methods = ["cash", "cash", "check", "cash", "cash"]
    return [
        pay(key, invoices[number % 2], number, payment_date=f"2026-01-{20 - number}", payment_method=method)
        for number, method in enumerate(methods, 1)
    ]


def get(key: str, query: str = "") -> Response:
    return call("payments/list_payments", request("GET", f"/payments?{query}", key=key))


def amounts(answer: Response) -> list[int]:
    return [int(payment["amount"]) for payment in answer.data]


def follow(key: str, answer: Response, link: str) -> Response:
    return get(key, answer.json["links"][link].partition("?")[2])


def test_payments_are_listed_newest_first(key: str, payments: list[Any]) -> None:
    answer = get(key)
    assert (answer.status, answer.data) == (200, payments[::-1])
    assert answer.json["meta"]["pagination"]["total"] == 5


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("start_date=2026-01-16&end_date=2026-01-18", [2, 3, 4]),
        ("start_date=2026-01-19", [1]),
        ("end_date=2026-01-16", [4, 5]),
        ("end_date=2026-01-16&order=asc", [5, 4]),
        ("start_date=2026-01-16&sort=created_at", [4, 3, 2, 1]),
        ("payment_date=2026-01-17", [3]),
        ("filter[payment_date][lt]=2026-01-17", [4, 5]),
        ("payment_method=check", [3]),
        ("payment_method=customer_credit", []),
        ("filter[payment_method][ne]=check&sort=payment_date&order=asc", [5, 4, 2, 1]),
        ("customer_id=cust_123&status=succeeded&currency=USD", [5, 4, 3, 2, 1]),
        ("customer_id=cust_123&start_date=2026-01-16&end_date=2026-01-18", [2, 3, 4]),
        ("customer_id=cust_404", []),
        ("status=refunded", []),
        ("limit=2", [5, 4]),
        ("offset=3", [2, 1]),
        ("limit=2&offset=1", [4, 3]),
        ("limit=2&offset=9", []),
        ("start_date=2026-01-16&limit=1&offset=2", [3]),
        ("payment_method=cash&limit=2&offset=1", [4, 2]),
    ],
)
def test_filters_order_and_pages(key: str, payments: list[Any], query: str, expected: list[int]) -> None:
    answer = get(key, query)
    assert answer.status == 200, answer.body
    assert amounts(answer) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [5, 3, 1]),
        ("&payment_method=check", [3]),
        ("&start_date=2026-01-15&end_date=2026-01-17", [3, 5]),
        ("&customer_id=cust_404", []),
        ("&limit=1&offset=1", [3]),
        ("&per_page=2&page=2", [1]),
    ],
)
def test_those_of_an_invoice(key: str, payments: list[Any], query: str, expected: list[int]) -> None:
    answer = get(key, f"invoice_id={payments[0]['invoice_id']}{query}")
    assert answer.status == 200, answer.body
    assert amounts(answer) == expected


def test_an_unknown_invoice_has_none(key: str, payments: list[Any]) -> None:
    assert get(key, "invoice_id=inv_404").data == []


@pytest.mark.parametrize(
    ("query", "in_order"), [("", True), ("&payment_method=cash", False), ("&start_date=2026-01-01", True)]
)
@pytest.mark.parametrize("size", ["limit=2", "per_page=2"])
def test_links_lead_from_page_to_page_and_back(
    key: str, payments: list[Any], size: str, query: str, in_order: bool
) -> None:
    answer = first = get(key, size + query)
    assert ("cursor=" in answer.json["links"]["next"]) is in_order
    pages = [amounts(answer)]
    while answer.json["links"]["next"]:
        answer = follow(key, answer, "next")
        pages.append(amounts(answer))
    assert [amount for page in pages for amount in page] == amounts(get(key, f"limit=100{query}"))
    assert answer.json["meta"]["pagination"]["page"] == len(pages)
    assert amounts(follow(key, answer, "prev")) == pages[-2]
    assert amounts(follow(key, first, "last")) == pages[-1]
    assert amounts(follow(key, answer, "first")) == pages[0]


def test_an_offset_need_not_be_where_a_page_begins(key: str, payments: list[Any]) -> None:
    answer = get(key, "limit=2&offset=1&payment_method=cash")
    assert answer.json["meta"]["pagination"] == {
        "page": 2, "per_page": 2, "total": 4, "total_pages": 2, "has_next": True, "has_previous": True,
    }  # fmt: skip
    assert answer.json["links"]["next"].endswith("?limit=2&payment_method=cash&offset=3")
    assert answer.json["links"]["prev"].endswith("?limit=2&payment_method=cash&offset=0")
    before = follow(key, get(key, "limit=2&offset=1"), "prev")
    assert (amounts(before), before.json["meta"]["pagination"]["page"]) == ([5], 1)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("limit=0", ["limit"]),
        ("limit=101", ["limit"]),
        ("offset=-1", ["offset"]),
        ("limit=2&page=1", ["page"]),
        ("offset=2&per_page=5", ["per_page"]),
        ("limit=2&page=1&per_page=5", ["page", "per_page"]),
        ("offset=2&cursor=x", ["offset"]),
        ("start_date=yesterday", ["start_date"]),
        ("filter[start_date][gte]=2026-01-01", ["filter[start_date][gte]"]),
        ("filter[invoice_id][in]=a,b", ["filter[invoice_id][in]"]),
        ("payment_method=barter", ["payment_method"]),
        ("status=paid", ["status"]),
        ("sort=amount", ["sort"]),
        ("invoice_id=inv_1&cursor=x", ["cursor"]),
    ],
)
def test_what_is_wrong_is_named(key: str, query: str, fields: list[str]) -> None:
    answer = get(key, query)
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert [detail["field"] for detail in answer.error["details"]] == fields


def test_more_than_a_thousand_are_not_skipped(key: str, payments: list[Any]) -> None:
    answer = get(key, "offset=1001")
    assert (answer.status, answer.error["code"]) == (400, "QUERY_TOO_BROAD")
    assert [detail["field"] for detail in answer.error["details"]] == ["offset"]


def test_other_accounts_have_lists_of_their_own(key: str, payments: list[Any]) -> None:
    other = a_key()
    assert get(other).data == get(other, f"invoice_id={payments[0]['invoice_id']}").data == []


def test_only_the_fields_asked_for_are_answered(key: str, payments: list[Any]) -> None:
    assert get(key, "fields=id,amount&limit=1").data == [{"id": payments[-1]["id"], "amount": 5}]
