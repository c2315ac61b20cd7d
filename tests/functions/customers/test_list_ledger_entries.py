import csv
import io
from typing import Any

import pytest

from invoicing.api.queries import ledger as queries
from tests.http import Response, a_key, call, request
from tests.prepared import prepared


def ledger(key: str, query: str = "", customer_id: str = "cust_123", **headers: str) -> Response:
    path, parameters = f"/customers/{customer_id}/ledger{query}", {"customer_id": customer_id}
    event = request("GET", path, key=key, headers=headers, parameters=parameters)
    return call("customers/list_ledger_entries", event)


def table(answer: Response) -> list[list[str]]:
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.reader(io.StringIO(answer.body.decode(), newline=""), strict=True))


@pytest.fixture
@prepared
def paid(key: str, sent: Any) -> list[Any]:
    """The invoice of 2024 over 1,500.00, paid in three parts with references, one of which is a formula."""
    path, parameters = f"/invoices/{sent['id']}/payments", {"invoice_id": sent["id"]}
    references = ['=HYPERLINK("http://x.example","a, b")', "TX-2", "Zahlung\r\nzwei"]
    return [
        call(
            "payments/record_invoice_payment",
            request(
                "POST",
                path,
                {"amount": 100 + day, "reference": reference, "payment_date": f"2024-03-0{day}"},
                key=key,
                parameters=parameters,
            ),
        ).data
        for day, reference in enumerate(references, 1)
    ]


def test_entries_are_listed_the_latest_date_first(key: str, sent: Any, paid: list[Any]) -> None:
    answer = ledger(key)
    assert answer.status == 200
    assert [entry["type"] for entry in answer.data] == ["payment", "payment", "payment", "invoice"]
    entry = answer.data[1]
    assert entry == {
        "id": entry["id"],
        "date": "2024-03-02",
        "type": "payment",
        "document": "TX-2",
        "currency": "USD",
        "amount": -102,
        "credit": 0,
        "invoice_id": sent["id"],
        "payment_id": paid[1]["id"],
        "credit_note_id": None,
        "credit_payout_id": None,
        "created_at": paid[1]["created_at"],
    }
    assert b'"amount":-102.00' in answer.body
    assert answer.json["meta"]["pagination"] == {
        "page": 1, "per_page": 20, "total": 4, "total_pages": 1, "has_next": False, "has_previous": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "amounts"),
    [
        ("?order=asc", [1500, -101, -102, -103]),
        ("?sort=date&order=asc&limit=2&offset=1", [-101, -102]),
        ("?per_page=3&page=2", [1500]),
        ("?type=invoice", [1500]),
        ("?filter[type][in]=invoice,refund", [1500]),
        ("?filter[type][ne]=payment", [1500]),
        ("?start_date=2024-03-02&end_date=2024-03-02", [-102]),
        ("?date=2024-03-01", [-101]),
        ("?filter[date][gt]=2024-03-01&type=payment", [-103, -102]),
        ("?currency=EUR", []),
        ("?invoice_id=inv_404", []),
        ("?invoice_id={invoice}&start_date=2024-03-03", [-103]),
    ],
)
def test_filters_order_and_pages(key: str, sent: Any, paid: list[Any], query: str, amounts: list[int]) -> None:
    assert paid
    answer = ledger(key, query.format(invoice=sent["id"]))
    assert answer.status == 200, answer.body
    assert [entry["amount"] for entry in answer.data] == amounts


def test_links_lead_from_page_to_page(key: str, paid: list[Any]) -> None:
    answer = ledger(key, "?per_page=3&fields=date,amount")
    assert [set(entry) for entry in answer.data] == [{"date", "amount"}] * 3
    following = ledger(key, "?" + answer.json["links"]["next"].partition("?")[2])
    assert following.data == [{"date": "2024-02-01", "amount": 1500}] or len(following.data) == 1
    back = ledger(key, "?" + following.json["links"]["prev"].partition("?")[2])
    assert back.data == answer.data


@pytest.mark.parametrize(("query", "headers"), [("?format=csv", {}), ("", {"accept": "text/csv"})])
def test_as_csv_it_has_all_entries_in_exact_figures(
    key: str, sent: Any, paid: list[Any], query: str, headers: dict[str, str]
) -> None:
    answer = ledger(key, query, **headers)
    head, *rows = table(answer)
    assert head == [
        "id", "date", "type", "document", "currency", "amount", "credit", "invoice_id", "payment_id",
        "credit_note_id", "credit_payout_id", "created_at",
    ]  # fmt: skip
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["date"], row["amount"], row["credit"]) for row in found[:3]] == [
        ("2024-03-03", "-103.00", "0.00"), ("2024-03-02", "-102.00", "0.00"), ("2024-03-01", "-101.00", "0.00"),
    ]  # fmt: skip
    assert found[3]["amount"] == "1500.00"
    assert (found[1]["invoice_id"], found[1]["payment_id"], found[1]["credit_note_id"]) == (
        sent["id"], paid[1]["id"], "",
    )  # fmt: skip
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ledger-cust_123.csv"'


def test_texts_that_begin_like_a_formula_are_texts_and_lines_end_as_in_rfc_4180(key: str, paid: list[Any]) -> None:
    assert paid
    answer = ledger(key, "?format=csv&fields=document,amount&type=payment&order=asc")
    assert answer.body == (
        b"document,amount\r\n"
        b'"\'=HYPERLINK(""http://x.example"",""a, b"")",-101.00\r\n'
        b"TX-2,-102.00\r\n"
        b'"Zahlung\r\nzwei",-103.00\r\n'
    )


def test_format_counts_more_than_the_header(key: str, paid: list[Any]) -> None:
    assert paid
    assert len(ledger(key, "?format=json", accept="text/csv").data) == 4
    refused = ledger(key, "?format=xml")
    assert (refused.status, refused.error["details"][0]["field"]) == (400, "format")


@pytest.mark.parametrize("paging", ["page=1", "per_page=5", "limit=5", "offset=5", "cursor=x"])
def test_a_table_has_no_pages(key: str, paid: list[Any], paging: str) -> None:
    assert paid
    answer = ledger(key, f"?format=csv&{paging}")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert answer.error["details"][0]["field"] == paging.partition("=")[0]


def test_a_table_is_bounded(key: str, paid: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    assert paid
    monkeypatch.setattr(queries, "MOST_ROWS", 3)
    answer = ledger(key, "?format=csv")
    assert (answer.status, answer.error["code"]) == (400, "QUERY_TOO_BROAD")
    assert answer.error["message"] == "A table has at most 3 entries; request a shorter period."
    assert len(table(ledger(key, "?format=csv&start_date=2024-03-01"))) == 4


@pytest.mark.parametrize(
    ("query", "field"),
    [("?sort=amount", "sort"), ("?type=gift", "type"), ("?start_date=1.2.2026", "start_date"), ("?name=a", "name")],
)
def test_what_cannot_be_asked_is_refused(key: str, customer: Any, query: str, field: str) -> None:
    answer = ledger(key, query)
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert answer.error["details"][0]["field"] == field


def test_customers_of_other_accounts_and_unknown_ones_have_none(key: str, customer: Any) -> None:
    for answer in (ledger(a_key()), ledger(key, customer_id="cust_404")):
        assert (answer.status, answer.error["code"]) == (404, "CUSTOMER_NOT_FOUND")
