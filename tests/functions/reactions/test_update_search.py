import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pytest

from invoicing.storage.lists import search as search_reader
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, a_key, call, load_handler, request
from tests.messages import messages_of
from tests.template import read_template

NAMES = {"cust_k": "Käufer AG", "cust_s": "Straße & Söhne", "cust_m": "Müller GmbH", "cust_t": "Işık A.Ş."}
NUMBERS = ("RE/2026/0007", "2025-05128", "100%_*")


def keep_up(messages: Sequence[dict[str, Any]]) -> list[str]:
    """Ids of the messages that shall come again."""
    answer = load_handler("reactions/update_search")({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def customers(key: str, search: str, more: str = "") -> Response:
    return call("customers/list_customers", request("GET", f"/customers?search={quote(search)}{more}", key=key))


def invoices(key: str, search: str, more: str = "") -> Response:
    return call("invoices/list_invoices", request("GET", f"/invoices?search={quote(search)}{more}", key=key))


def found(answer: Response, field: str = "id") -> list[Any]:
    return [each[field] for each in answer.data]


@pytest.fixture
def business(aws: Aws, key: str, customer: Any) -> Aws:
    """Customers and invoices, all found by their words."""
    for identifier, name in NAMES.items():
        body = {"id": identifier, "name": name, "email": f"{identifier}@post.example"}
        assert call("customers/create_customer", request("POST", "/customers", body, key=key)).status == 201
    for number, identifier in zip(NUMBERS, NAMES, strict=False):
        own = {"customer_id": identifier, "invoice_number": number, "purchase_order": f"PO-{number[:2]}"}
        made = call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | own, key=key))
        assert made.status == 201
    assert keep_up(messages_of(aws)) == []
    return aws


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize(
    ("search", "expected"),
    [
        *(
            (search, ["cust_k"])
            for search in ("kaufer", "KÄUFER", "Ka\u0308ufer", "käuf", "ｋäufer ag", "käufer\u00a0\n")
        ),
        ("strasse", ["cust_s"]),
        ("mueller", ["cust_m"]),
        *((search, ["cust_t"]) for search in ("ışık", "IŞIK", "isik")),
        ("käufer gmbh", []),
        ("post cust t", ["cust_t"]),
        ("cust_t@post.example", ["cust_t"]),
        ("post", ["cust_t", "cust_m", "cust_s", "cust_k"]),
    ],
)
def test_customers_are_found_by_words(key: str, search: str, expected: list[str]) -> None:
    answer = customers(key, search)
    assert found(answer) == expected
    assert answer.json["meta"]["pagination"]["total"] == len(expected)


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize(
    ("search", "expected"),
    [
        *((search, [NUMBERS[0]]) for search in ("RE/2026/0007", "re/2026", "2026/0007", "0007", "\tRE/2026/0007\n")),
        *((search, [NUMBERS[1]]) for search in ("05128", "2025-05128", "2025-05", "straße", "söhne po-20")),
        *((search, [NUMBERS[2]]) for search in ("100", "100%", "po-10 müller")),
        *((search, []) for search in ("RE%7", "2*6", "1_0")),
        ("post", [*NUMBERS[::-1]]),
    ],
)
def test_invoices_are_found_by_number_order_and_customer(key: str, search: str, expected: list[str]) -> None:
    assert found(invoices(key, search), "invoice_number") == expected


@pytest.mark.usefixtures("business")
def test_a_search_goes_with_every_filter_and_order(key: str) -> None:
    assert found(invoices(key, "post", "&status=draft&sort=invoice_number&order=asc"), "invoice_number") == sorted(
        NUMBERS
    )
    assert found(invoices(key, "post", "&customer_id=cust_m"), "invoice_number") == [NUMBERS[2]]
    assert found(invoices(key, "post", "&is_overdue=true")) == []
    assert found(customers(key, "post", "&filter[name][like]=k%25")) == ["cust_k"]
    first = invoices(key, "post", "&per_page=2")
    assert found(first, "invoice_number") == [NUMBERS[2], NUMBERS[1]]
    second = invoices(key, "post", "&per_page=2&page=2")
    assert found(second, "invoice_number") == [NUMBERS[0]]
    assert first.json["links"]["next"] == second.json["links"]["self"]
    assert second.json["meta"]["pagination"]["total"] == 3


@pytest.mark.usefixtures("business")
@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ("", "search", "VALUE_INVALID"),
        ("%", "search", "VALUE_INVALID"),
        ("_*", "search", "VALUE_INVALID"),
        ("\u00a0\n", "search", "VALUE_INVALID"),
        ("x" * 201, "search", "VALUE_INVALID"),
        ("a&search=b", "search", "PARAMETER_REPEATED"),
        ("post&cursor=abc", "cursor", "VALUE_INVALID"),
        ("a&filter[search][like]=b", "filter[search][like]", "OPERATOR_UNKNOWN"),
    ],
)
def test_what_cannot_be_searched_for_is_refused(key: str, more: str, field: str, code: str) -> None:
    answer = call("invoices/list_invoices", request("GET", f"/invoices?search={quote(more, safe='&=')}", key=key))
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert [(each["field"], each["code"]) for each in answer.error["details"]] == [(field, code)]


def test_what_is_changed_archived_or_removed_is_found_as_it_is(business: Aws, key: str) -> None:
    parameters = {"customer_id": "cust_k"}
    patched = request("PATCH", "/customers/cust_k", {"name": "Buyer AG"}, key=key, parameters=parameters)
    assert call("customers/update_customer", patched).status == 200
    assert found(customers(key, "käufer")) == [], "what is not so any more is not shown, even before rows follow"
    keep_up(messages_of(business))
    assert found(customers(key, "buyer")) == ["cust_k"]
    for identifier in ("cust_k", "cust_t"):
        path = f"/customers/{identifier}"
        gone = request("DELETE", path, key=key, parameters={"customer_id": identifier})
        assert call("customers/delete_customer", gone).status in {200, 204}
    keep_up(messages_of(business))
    assert found(customers(key, "buyer")) == []
    assert found(customers(key, "buyer", "&archived=true")) == ["cust_k"]
    assert [item for item in business.items("search") if "isik" in str(item) or "cust_t" in str(item)] == []


def test_each_account_finds_its_own(business: Aws, key: str) -> None:
    other = a_key()
    body = {"id": "cust_k", "name": "Käufer Zwei"}
    assert call("customers/create_customer", request("POST", "/customers", body, key=other)).status == 201
    keep_up(messages_of(business))
    assert found(customers(other, "käufer"), "name") == ["Käufer Zwei"]
    assert found(customers(key, "käufer"), "name") == ["Käufer AG"]


def test_too_many_are_refused_and_whole_numbers_still_found(
    aws: Aws, key: str, customer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("A-1-1", "A-1-2", "A-1-3"):
        call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | {"invoice_number": number}, key=key))
    keep_up(messages_of(aws))
    monkeypatch.setattr(search_reader, "MOST_CANDIDATES", 2)
    for search in ("a", "1-a", "a-1"):
        answer = invoices(key, search)
        assert (answer.status, answer.error["code"]) == (400, "QUERY_TOO_BROAD")
        assert [each["field"] for each in answer.error["details"]] == ["search"]
    assert found(invoices(key, "a-1-2"), "invoice_number") == ["A-1-2"]


def passed(aws: Aws) -> list[dict[str, Any]]:
    """The messages that the rule lets through."""
    pattern = read_template().resources("AWS::Events::Rule")["SearchRule"]["Properties"]["EventPattern"]["detail-type"]
    return [message for message in messages_of(aws) if json.loads(message["body"])["detail-type"] in pattern]


def test_the_rule_passes_whatever_changes_words(business: Aws, key: str) -> None:
    """After each step of what customers and invoices go through, nothing is left to be done for the other events."""
    draft = invoices(key, NUMBERS[0]).data[0]["id"]
    steps: list[tuple[str, str, str, Any]] = [
        ("update_invoice", "PATCH", "", {"purchase_order": "Other 9"}),
        ("send_invoice", "POST", "/send", {"send_email": False}),
        ("duplicate_invoice", "POST", "/duplicate", {}),
        ("revise_invoice", "POST", "/revise", {}),
    ]
    for name, method, path, body in steps:
        asked = request(method, f"/invoices/{draft}{path}", body, key=key, parameters={"invoice_id": draft})
        assert call(f"invoices/{name}", asked).status in {200, 201}
        keep_up(passed(business))
        before = business.items("search")
        keep_up(messages_of(business))
        assert business.items("search") == before
    assert len(invoices(key, "kaufer").data) == 3
