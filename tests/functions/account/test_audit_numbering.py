import base64
import json
from typing import Any

import pytest

from invoicing.operations.account import audit_numbering
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import call, request


def audit(key: str) -> Any:
    return call("account/audit_numbering", request("GET", "/account/numbering/audit", key=key)).data


def test_nothing_is_found_until_somebody_tampers_with_the_table(key: str, customer: Any, aws: Aws) -> None:
    assert audit(key) == {"series": [], "own": []}
    for number in ({}, {}, {"invoice_number": "OWN-1"}, {}):
        body = NEW_INVOICE | number | {"send_email": True}
        assert call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).status == 201
    period = {
        "series_id": "series_invoice",
        "period": "2024",
        "first": "INV-2024-001",
        "last": "INV-2024-003",
        "count": 3,
    }
    found = audit(key)
    assert found == {"series": [period | {"gaps": [], "duplicates": [], "out_of_order": []}], "own": ["OWN-1"]}
    (second,) = (item for item in aws.items("invoices") if item["sk"]["S"] == "number#INV-2024-002")
    table, dynamodb = aws.environment["INVOICES_TABLE"], aws.client("dynamodb")
    dynamodb.delete_item(TableName=table, Key={"pk": second["pk"], "sk": second["sk"]})
    series, year, _, _ = second["place"]["S"].split("\x1f")
    place = "\x1f".join((series, year, "0000000003", "2024-01-01"))
    dynamodb.put_item(TableName=table, Item=second | {"sk": {"S": "number#INV-2024-0003"}, "place": {"S": place}})
    (tampered,) = audit(key)["series"]
    assert (tampered["gaps"], tampered["duplicates"]) == ([2], [3])
    assert tampered["out_of_order"] == [
        {"number": "INV-2024-0003", "issue_date": "2024-01-01", "after": "INV-2024-001", "after_date": "2024-02-15"}
    ]


def test_an_audit_goes_on_where_the_last_answer_ended(key: str, customer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_numbering, "MOST_NUMBERS", 2)
    for changes in ({}, {}, {}, {"invoice_number": "OWN-1"}, {"invoice_number": "OWN-2"}):
        body = NEW_INVOICE | changes | {"send_email": True}
        assert call("invoices/create_invoice", request("POST", "/invoices", body, key=key)).status == 201
    for period, counts in (
        ("", [2, 1, 0]),
        ("?period=2024", [2, 1]),
        ("?period=2023", [0]),
        ("?series_id=series_invoice", [2, 1]),
        ("?series_id=series_invoice&period=2024", [2, 1]),
        ("?series_id=series_credit_note", [0]),
    ):
        following: str | None = f"/account/numbering/audit{period}"
        answers = []
        while following:
            path = following.partition("/v1/invoicing")[2] or following
            answers.append(call("account/audit_numbering", request("GET", path, key=key)))
            following = answers[-1].json["links"]["next"]
        assert [sum(each["count"] for each in answer.data["series"]) for answer in answers] == counts
        assert [each["gaps"] for answer in answers for each in answer.data["series"] if each["gaps"]] == []
        own = [number for answer in answers for number in answer.data["own"]]
        assert own == ([] if period else ["OWN-1", "OWN-2"])


def cursor_of(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "query",
    [
        "?period=0", "?period=2026-13", "?period=", "?cursor=", "?cursor=x", "?cursor=e30", "?cursor=W10", "?page=2",
        "?series_id=invoice", "?series_id=",
        f"?cursor={cursor_of('series_invoice', '2026', 0)}",
        f"?cursor={cursor_of('invoice', '2026', 7)}",
        f"?cursor={cursor_of('series_invoice', '2026', 7, 'INV-1', 'yesterday')}",
        f"?cursor={cursor_of('A' * 1000)}",
        f"?period=2026&cursor={cursor_of('series_invoice', '2027', 7)}",
        f"?series_id=series_1&cursor={cursor_of('series_invoice', '2026', 7)}",
        f"?series_id=series_1&cursor={cursor_of('OWN-1')}",
        f"?period=2026&cursor={cursor_of('OWN-1')}",
    ],
)  # fmt: skip
def test_a_wrong_query_is_refused(key: str, query: str) -> None:
    answer = call("account/audit_numbering", request("GET", f"/account/numbering/audit{query}", key=key))
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
