import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from invoicing.api import list_page
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, a_key, call, call_handler, load_handler, request
from tests.prepared import prepared


@pytest.fixture
@prepared
def invoices(key: str, customer: Any) -> list[Any]:
    """Five drafts of 1 to 5 dollars, the oldest first; the third has a number of its own."""
    create = load_handler("invoices/create_invoice")
    made = []
    for price in range(1, 6):
        body = NEW_INVOICE | {"items": [{"description": "Work", "quantity": 1, "unit_price": price}]}
        body |= {"invoice_number": "X-3"} if price == 3 else {}
        made.append(call_handler(create, request("POST", "/invoices", body, key=key)).data)
    return made


def get(key: str, query: str = "") -> Response:
    return call("invoices/list_invoices", request("GET", f"/invoices?{query}", key=key))


def totals(answer: Response) -> list[int]:
    return [int(invoice["total"]) for invoice in answer.data]


def test_invoices_are_listed_newest_first(key: str, invoices: list[Any]) -> None:
    answer = get(key)
    assert answer.status == 200
    assert answer.data == invoices[::-1]
    assert answer.json["meta"]["pagination"] == {
        "page": 1,
        "per_page": 20,
        "total": 5,
        "total_pages": 1,
        "has_next": False,
        "has_previous": False,
    }
    url = "https://api.example.com/v1/invoicing/invoices"
    assert answer.json["links"] == {
        "self": url,
        "first": f"{url}?page=1",
        "last": f"{url}?page=1",
        "next": None,
        "prev": None,
    }


def test_links_lead_from_page_to_page_and_back(key: str, invoices: list[Any]) -> None:
    answer = get(key, "per_page=2&filter[amount][gte]=1&sort=amount&order=asc")
    pages = [totals(answer)]
    while url := answer.json["links"]["next"]:
        answer = get(key, url.partition("?")[2])
        pages.append(totals(answer))
    assert pages == [[1, 2], [3, 4], [5]]
    assert answer.json["meta"]["pagination"]["page"] == 3
    answer = get(key, answer.json["links"]["prev"].partition("?")[2])
    assert totals(answer) == [3, 4]
    assert totals(get(key, answer.json["links"]["last"].partition("?")[2])) == [5]
    assert totals(get(key, answer.json["links"]["first"].partition("?")[2])) == [1, 2]


@pytest.mark.parametrize("page", ["per_page=2", "limit=2&offset=2"])
def test_links_are_valid_uris(key: str, invoices: list[Any], page: str) -> None:
    """Brackets, spaces, quotes and what is no ASCII are percent-encoded (RFC 3986, 3.4)."""
    query = f"{page}&filter[amount][in]=1,2,3,4,5&filter[invoice_number][like]=%25X-%25&filter[customer_id][ne]=a%22 é"
    answer = get(key, query + "&sort=created_at,amount&order=asc")
    links = [link for link in answer.json["links"].values() if link]
    assert len(links) >= 3
    for link in links:
        assert re.fullmatch(r"https://[a-z.]+/[a-z0-9/]+\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*", link)
        assert get(key, link.partition("?")[2]).status == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status=draft&sort=amount", [5, 4, 3, 2, 1]),
        ("status=paid", []),
        ("filter%5Bamount%5D%5Bin%5D=2%2C4.00", [4, 2]),
        ("amount=3", [3]),
        ("filter[amount][gt]=1&filter[amount][lt]=4", [3, 2]),
        ("invoice_number=X-3", [3]),
        ("filter[invoice_number][like]=X-%25", [3]),
        ("customer_id=cust_123&currency=USD&per_page=1", [5]),
        ("due_date=2024-02-15&filter[status][ne]=paid&page=2&per_page=3", [2, 1]),
    ],
)
def test_filters_order_and_pages(key: str, invoices: list[Any], query: str, expected: list[int]) -> None:
    answer = get(key, query)
    assert answer.status == 200, answer.body
    assert totals(answer) == expected


def test_only_the_fields_asked_for_are_answered(key: str, invoices: list[Any]) -> None:
    assert get(key, "fields=id,invoice_number&amount=3").data == [{"id": invoices[2]["id"], "invoice_number": "X-3"}]


def test_other_accounts_and_modes_have_lists_of_their_own(key: str, invoices: list[Any]) -> None:
    assert get(a_key()).data == []


def test_what_is_wrong_is_named(key: str) -> None:
    answer = get(key, "statu=x&filter[amount][like]=1&page=0&per_page=101&sort=total&fields=nope&due_date=x&cursor=y")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    fields = [detail["field"] for detail in answer.error["details"]]
    assert sorted(fields) == sorted(
        ["page", "page", "per_page", "sort", "fields", "statu", "filter[amount][like]", "due_date"]
    )


def test_a_page_too_large_to_be_sent_is_refused(key: str, invoices: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_page, "MOST_BYTES", 5000)
    answer = get(key)
    assert (answer.status, answer.error["code"]) == (400, "QUERY_TOO_BROAD")
    assert [detail["field"] for detail in answer.error["details"]] == ["per_page"]
    assert get(key, "per_page=1").status == 200
    assert get(key, "fields=id").status == 200


def test_overdue_ones_are_listed_by_due_date_and_follow_the_accounts_time_zone(key: str, customer: Any) -> None:
    today = datetime.now(UTC).date()
    create = load_handler("invoices/create_invoice")
    for days in range(-3, 3):
        body: dict[str, Any] = {name: value for name, value in NEW_INVOICE.items() if name != "issue_date"}
        body |= {"due_date": str(today + timedelta(days=days)), "send_email": True}
        assert call_handler(create, request("POST", "/invoices", body, key=key)).status == 201
    late = get(key, "is_overdue=true")
    assert [invoice["due_date"] for invoice in late.data] == [str(today - timedelta(days=days)) for days in (1, 2, 3)]
    assert {invoice["is_overdue"] for invoice in late.data} == {True}
    assert get(key, "is_overdue=true&filter[status][in]=sent,paid&sort=due_date&order=asc").data == late.data[::-1]
    assert get(key, "status=overdue").data == [], "no tick has run"
    change = request("PATCH", "/account", {"time_zone": _where_it_is_not(today)}, key=key)
    assert call("account/update_account", change).status == 200
    moved = get(key, "")
    overdue = [invoice["id"] for invoice in moved.data if invoice["is_overdue"]]
    assert len(overdue) != 3, "another day there"
    assert {invoice["id"] for invoice in get(key, "is_overdue=true").data} == set(overdue)
    for invoice in moved.data:
        parameters = {"invoice_id": invoice["id"]}
        alone = call("invoices/get_invoice", request("GET", "/invoices/x", key=key, parameters=parameters)).data
        assert alone["is_overdue"] == invoice["is_overdue"]


def _where_it_is_not(day: date) -> str:
    """A time zone in which another day is."""
    return next(zone for zone in ("Etc/GMT-14", "Etc/GMT+12") if datetime.now(ZoneInfo(zone)).date() != day)


@pytest.mark.parametrize("query", ["is_overdue=false", "is_overdue=1", "is_overdue=", "filter[is_overdue][ne]=true"])
def test_only_what_is_overdue_can_be_asked_for(key: str, query: str) -> None:
    answer = get(key, query)
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert "is_overdue" in answer.error["details"][0]["field"]
