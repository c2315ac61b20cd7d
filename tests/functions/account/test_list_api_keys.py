from typing import Any

import pytest

from tests.functions.account.api_keys import create, keys_of, listed, status_with
from tests.http import Response, a_key


def ids(page: Response) -> list[Any]:
    return [found["id"] for found in page.data]


def test_keys_are_listed_newest_first_without_their_secrets(key: str) -> None:
    made = create(key, "customers:read").data
    assert status_with(made["key"]) == 404
    answer = listed(key)
    newest, first = answer.data
    assert newest == {name: value for name, value in made.items() if name != "key"} | {
        "last_used": newest["last_used"],
    }
    assert newest["last_used"].endswith(":00:00.000Z")
    assert (first["name"], first["scopes"], first["last_four"]) == (None, ["*"], key[-4:])
    assert answer.json["meta"]["pagination"]["total"] == 2
    assert key not in answer.body.decode()
    assert made["key"] not in answer.body.decode()


def test_each_mode_and_account_sees_its_own(key: str) -> None:
    others = [a_key(), a_key("live")]
    assert [len(keys_of(other)) for other in (key, *others)] == [1, 1, 1]


def test_keys_come_in_pages_as_every_list_does(key: str) -> None:
    made = [create(key, "invoices:read").data["id"] for _ in range(4)]
    newest_first = [*reversed(made), keys_of(key)[-1]["id"]]
    first = listed(key, "?per_page=2")
    assert first.json["meta"]["pagination"] == {
        "page": 1, "per_page": 2, "total": 5, "total_pages": 3, "has_next": True, "has_previous": False,
    }  # fmt: skip
    found, links = ids(first), first.json["links"]
    while links["next"]:
        page = listed(key, "?" + links["next"].partition("?")[2])
        found, links = found + ids(page), page.json["links"]
    assert found == newest_first
    assert ids(listed(key, "?limit=2&offset=1")) == newest_first[1:3]
    assert ids(listed(key, "?order=asc&per_page=100")) == newest_first[::-1]
    assert listed(key, "?fields=id&per_page=1").data == [{"id": newest_first[0]}]


@pytest.mark.parametrize("wrong", ["?per_page=101", "?page=0", "?name=Shop", "?sort=name", "?cursor=x", "?fields=key"])
def test_a_wrong_query_is_refused(key: str, wrong: str) -> None:
    answer = listed(key, wrong)
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
