from typing import Any

import pytest

from tests.http import Response, a_key, call, request
from tests.prepared import prepared


@pytest.fixture
@prepared
def customers(key: str) -> list[Any]:
    """Three of them, the oldest first."""
    people = [("Ada Lovelace", "ada@example.com"), ("Alan Turing", None), ("Ada Yonath", "Ada@Yonath.example")]
    return [
        call(
            "customers/create_customer",
            request("POST", "/customers", {"name": name} | ({"email": email} if email else {}), key=key),
        ).data
        for name, email in people
    ]


def get(key: str, query: str = "") -> Response:
    return call("customers/list_customers", request("GET", f"/customers?{query}", key=key))


def names(answer: Response) -> list[str]:
    assert answer.status == 200, answer.body
    return [customer["name"] for customer in answer.data]


def test_customers_are_listed_newest_first(key: str, customers: list[Any]) -> None:
    answer = get(key)
    assert answer.data == customers[::-1]
    assert answer.json["meta"]["pagination"]["total"] == 3


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter[name][like]=ada%25&sort=name&order=asc", ["Ada Lovelace", "Ada Yonath"]),
        ("filter[name][like]=LOVE", ["Ada Lovelace"]),
        ("name=alan%20turing", ["Alan Turing"]),
        ("email=ada%40yonath.example", ["Ada Yonath"]),
        ("filter[email][like]=%25@example.com", ["Ada Lovelace"]),
        ("sort=name&per_page=1", ["Alan Turing"]),
        ("archived=true", []),
    ],
)
def test_filters_and_order(key: str, customers: list[Any], query: str, expected: list[str]) -> None:
    assert names(get(key, query)) == expected


def test_what_cannot_be_asked_is_refused(key: str) -> None:
    answer = get(key, "filter[metadata][eq]=x&archived=maybe")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert [detail["field"] for detail in answer.error["details"]] == ["filter[metadata][eq]", "archived"]


def test_other_accounts_have_customers_of_their_own(key: str, customers: list[Any]) -> None:
    assert get(a_key()).data == []
