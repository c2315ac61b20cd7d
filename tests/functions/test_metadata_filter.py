"""Customers and invoices are found by values of metadata, however many others there are by keys that are declared."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from invoicing.domain.due_work import DueEntry, Work
from invoicing.domain.invoices import invoice_walk
from invoicing.domain.invoices.invoice_walk import SETTLED
from invoicing.messaging.due_work import message_of
from invoicing.operations.lists import query as list_query
from invoicing.storage.lists import page, refusals, search
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, a_key, call, load_handler, request
from tests.messages import messages_of

ORDERS = {"4711": 2, "4712": 1, "": 1, "ä=& [x]": 1, "47": 1}


def ask(key: str, file: str, method: str, path: str, body: Any = None, **parameters: str) -> Response:
    return call(file, request(method, path, body, key=key, parameters=parameters))


def invoices(key: str, more: str = "", **metadata: str) -> Response:
    asked = "&".join(f"metadata[{quote(name)}]={quote(value)}" for name, value in metadata.items())
    return ask(key, "invoices/list_invoices", "GET", f"/invoices?{asked}{more}")


def customers(key: str, query: str) -> Response:
    return ask(key, "customers/list_customers", "GET", f"/customers?{query}")


def declare(key: str, *keys: str) -> None:
    assert ask(key, "account/update_account", "PATCH", "/account", {"searchable_metadata": list(keys)}).status == 200


def keep_up(aws: Aws) -> None:
    assert load_handler("reactions/update_search")({"Records": messages_of(aws)}, None) == {"batchItemFailures": []}


def few(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let there be no more candidates than so many."""
    for module in (list_query, page, refusals, search):
        monkeypatch.setattr(module, "MOST_CANDIDATES", most)


@pytest.fixture
def orders(key: str, customer: Any) -> dict[str, list[str]]:
    """Invoices by their ``order``; each has a ``shop`` too."""
    made: dict[str, list[str]] = {}
    for order in (order for order, count in ORDERS.items() for _ in range(count)):
        body = NEW_INVOICE | {"metadata": {"order": order, "shop": "A"}}
        made.setdefault(order, []).insert(0, ask(key, "invoices/create_invoice", "POST", "/invoices", body).data["id"])
    return made


def ids(answer: Response) -> list[str]:
    assert answer.status == 200, answer.body
    return [each["id"] for each in answer.data]


def test_any_key_is_looked_for_and_values_match_exactly(key: str, orders: dict[str, list[str]]) -> None:
    for order, expected in orders.items():
        answer = invoices(key, order=order)
        assert (ids(answer), answer.json["meta"]["pagination"]["total"]) == (expected, len(expected)), order
    assert ids(invoices(key, order="4711", shop="A")) == orders["4711"]
    assert ids(invoices(key, "&status=draft&sort=amount&order=asc", order="4712")) == orders["4712"]
    assert ids(invoices(key, shop="a")) == ids(invoices(key, shop="A", order="x")) == ids(invoices(key, none="")) == []
    assert ids(invoices(a_key(), shop="A")) == []


def test_declared_keys_serve_however_many_others_there_are(
    aws: Aws, key: str, orders: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(key, "order")
    finish_change(aws, monkeypatch)
    few(monkeypatch, 3)
    for order, expected in orders.items():
        assert ids(invoices(key, order=order)) == expected
    assert ids(invoices(key, "&status=draft&sort=amount", order="4711", shop="A")) == orders["4711"]
    first = invoices(key, "&per_page=1", order="4711")
    assert (ids(first), first.json["meta"]["pagination"]["total"]) == (orders["4711"][:1], 2)
    assert ids(call("invoices/list_invoices", request("GET", "/invoices?" + next_of(first), key=key))) == [
        orders["4711"][1]
    ]
    answer = invoices(key, shop="A")
    assert (answer.status, answer.error["code"]) == (400, "QUERY_TOO_BROAD")
    assert "searchable_metadata" in answer.error["message"]


def next_of(answer: Response) -> str:
    return str(answer.json["links"]["next"].partition("?")[2])


def finish_change(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all due jobs be done at once, also what waits until requests have settled."""
    monkeypatch.setattr(invoice_walk, "SETTLED", SETTLED * 0)
    run_job(aws)
    assert [item for item in aws.items("jobs") if "metadata_change" in item["sk"]["S"]] == []


def run_job(aws: Aws) -> None:
    (account,) = {item["pk"]["S"] for item in aws.items("jobs")}
    entry = DueEntry(datetime.now(UTC), Work.JOB, "metadata_change", "MetadataChange", account)
    record = {"messageId": "m-1", "eventSource": "aws:sqs", "body": message_of(entry)}
    assert load_handler("reactions/run_due_work")({"Records": [record]}, None) == {"batchItemFailures": []}


def test_what_changes_later_follows_and_is_never_shown_wrongly(
    aws: Aws, key: str, orders: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(key, "order")
    finish_change(aws, monkeypatch)
    (changed,) = orders["4712"]
    body = {"metadata": {"order": "4713"}}
    ask(key, "invoices/update_invoice", "PATCH", f"/invoices/{changed}", body, invoice_id=changed)
    assert ids(invoices(key, order="4712")) == [], "also before its row follows"
    keep_up(aws)
    assert (ids(invoices(key, order="4713")), ids(invoices(key, order="4712"))) == ([changed], [])


def test_until_all_have_their_rows_candidates_are_looked_at(
    key: str, orders: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change has only begun: nothing is missed, and too many are refused rather than missed."""
    declare(key, "order")
    assert ids(invoices(key, order="4711")) == orders["4711"]
    few(monkeypatch, 3)
    assert invoices(key, order="4711").error["code"] == "QUERY_TOO_BROAD"


def test_customers_too_archived_ones_included(
    aws: Aws, key: str, customer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for identifier in ("cust_a", "cust_b"):
        body = {"id": identifier, "name": identifier, "metadata": {"crm": identifier}}
        assert ask(key, "customers/create_customer", "POST", "/customers", body).status == 201
    ask(key, "invoices/create_invoice", "POST", "/invoices", NEW_INVOICE | {"customer_id": "cust_b"})
    ask(key, "customers/delete_customer", "DELETE", "/customers/cust_b", customer_id="cust_b")
    for is_declared in (False, True):
        if is_declared:
            declare(key, "crm")
            finish_change(aws, monkeypatch)
        assert ids(customers(key, "metadata[crm]=cust_a")) == ["cust_a"]
        assert ids(customers(key, "metadata[crm]=cust_b")) == []
        assert ids(customers(key, "metadata[crm]=cust_b&archived=true")) == ["cust_b"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"metadata[{'k' * 41}]=1", "VALUE_INVALID"),
        (f"metadata[k]={'v' * 501}", "VALUE_INVALID"),
        ("metadata[k]=%FF", "VALUE_INVALID"),
        ("metadata[]=1", "PARAMETER_UNKNOWN"),
        ("metadata=1", "PARAMETER_UNKNOWN"),
        ("filter[metadata][eq]=1", "PARAMETER_UNKNOWN"),
        ("metadata[k]=1&metadata[k]=2", "PARAMETER_REPEATED"),
    ],
)
def test_what_no_metadata_can_have_is_refused(key: str, query: str, code: str) -> None:
    for answer in (ask(key, "invoices/list_invoices", "GET", f"/invoices?{query}"), customers(key, query)):
        assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
        assert {detail["code"] for detail in answer.error["details"]} == {code}


def test_at_most_three_keys_are_declared_each_once(key: str) -> None:
    def declared(value: Any) -> Response:
        return ask(key, "account/update_account", "PATCH", "/account", {"searchable_metadata": value})

    assert declared(["a", "b", "a"]).data["searchable_metadata"] == ["a", "b"]
    assert declared(["a", "b", "c", "d"]).error["details"][0]["code"] == "TOO_MANY"
    assert declared(["a" * 41]).error["details"][0]["code"] == "TOO_LONG"
    assert declared(None).data["searchable_metadata"] == []
