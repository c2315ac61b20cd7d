"""What resources refer to is read whole where a query asks for it, and only by keys that may read it."""

from typing import Any

import pytest

from invoicing import exact_json
from invoicing.api import expansion
from invoicing.operations.lists import related
from tests.functions.payments.asking import a_sent_invoice, pay
from tests.http import Response, a_key, call, request

ALL = "customer,payments,credit_notes"


def ask(key: str, file: str, method: str, path: str, body: Any = None, **parameters: str) -> Response:
    return call(file, request(method, path, body, key=key, parameters=parameters))


def read(key: str, invoice: Any, query: str = "") -> Response:
    return ask(key, "invoices/get_invoice", "GET", f"/invoices/{invoice['id']}?{query}", invoice_id=invoice["id"])


def list_all(key: str, query: str) -> Response:
    return ask(key, "invoices/list_invoices", "GET", f"/invoices?{query}")


def credit(key: str, invoice: Any, amount: float) -> Any:
    line = {"line_id": invoice["items"][0]["id"], "amount": amount}
    body, path = {"reason": "Returned", "items": [line]}, f"/invoices/{invoice['id']}/credit-notes"
    answer = ask(key, "credit_notes/create_credit_note", "POST", path, body, invoice_id=invoice["id"])
    assert answer.status == 201, answer.body
    return answer.data


def alone(key: str, file: str, path: str, **parameters: str) -> Any:
    return ask(key, file, "GET", path, **parameters).data


@pytest.fixture
def busy(key: str, sent: Any) -> Any:
    """An invoice with two payments and a credit note."""
    for amount in (1, 2):
        pay(key, sent, amount)
    credit(key, sent, 10)
    return read(key, sent).data


def test_each_is_what_its_own_operation_answers(key: str, busy: Any) -> None:
    expanded = read(key, busy, f"expand={ALL}").data["expanded"]
    assert expanded["customer"] == alone(key, "customers/get_customer", "/customers/cust_123", customer_id="cust_123")
    assert expanded["payments"] == [
        alone(key, "payments/get_payment", f"/payments/{each['id']}", payment_id=each["id"])
        for each in busy["payments"]
    ]
    assert expanded["credit_notes"] == [
        alone(key, "credit_notes/get_credit_note", f"/credit-notes/{each['id']}", credit_note_id=each["id"])
        for each in busy["credit_notes"]
    ]
    assert (len(expanded["payments"]), len(expanded["credit_notes"])) == (2, 1)


def test_nothing_else_of_an_invoice_depends_on_it(key: str, busy: Any) -> None:
    answer = read(key, busy, "expand=payments")
    assert {name: value for name, value in answer.data.items() if name != "expanded"} == busy
    assert answer.data["expanded"].keys() == {"payments"}
    assert answer.headers["ETag"] == read(key, busy).headers["ETag"]
    assert "expanded" not in busy


def test_the_customer_is_the_one_of_now_beside_the_copy(key: str, busy: Any) -> None:
    renamed = {"name": "Ada King", "notes": "Prefers cheques"}
    ask(key, "customers/update_customer", "PATCH", "/customers/cust_123", renamed, customer_id="cust_123")
    data = read(key, busy, "expand=customer").data
    assert data["customer"]["name"] == "Ada Lovelace"
    assert (data["expanded"]["customer"]["name"], data["expanded"]["customer"]["notes"]) == tuple(renamed.values())


def test_a_list_has_it_for_each_of_up_to_20_invoices(key: str, busy: Any) -> None:
    plain = a_sent_invoice(key)
    answer = list_all(key, f"expand={ALL}&per_page=20")
    found = {invoice["id"]: invoice["expanded"] for invoice in answer.data}
    assert found[busy["id"]] == read(key, busy, f"expand={ALL}").data["expanded"]
    assert (found[plain["id"]]["payments"], found[plain["id"]]["credit_notes"]) == ([], [])
    assert found[plain["id"]]["customer"] == found[busy["id"]]["customer"]
    assert list_all(key, "expand=payments&limit=20&offset=1").status == 200


@pytest.mark.parametrize("page", ["per_page=21", "limit=21"])
def test_larger_pages_are_refused(key: str, page: str) -> None:
    answer = list_all(key, f"expand=customer&{page}")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
    assert answer.error["message"] == f"{page.partition('=')[0]} must be a whole number from 1 to 20 with expand."


def test_fields_leave_what_is_expanded_and_links_go_on_with_it(key: str, busy: Any) -> None:
    pay(key, a_sent_invoice(key), 7)
    answer = list_all(key, "expand=payments&fields=id&per_page=1&sort=created_at&order=asc")
    assert [invoice.keys() for invoice in answer.data] == [{"id", "expanded"}]
    assert len(answer.data[0]["expanded"]["payments"]) == 2
    following = list_all(key, answer.json["links"]["next"].partition("?")[2])
    assert [each["amount"] for each in following.data[0]["expanded"]["payments"]] == [7]


@pytest.mark.parametrize("names", ["lines", "customer,lines", "", "customer,", "Customer"])
def test_unknown_names_are_refused_with_those_that_are_known(key: str, sent: Any, names: str) -> None:
    for answer in (read(key, sent, f"expand={names}"), list_all(key, f"expand={names}")):
        assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
        assert answer.error["details"][0]["field"] == "expand"
        assert "one or more of customer, payments, credit_notes" in answer.error["message"]


def test_other_lists_do_not_have_it(key: str, customer: Any) -> None:
    answer = ask(key, "customers/list_customers", "GET", "/customers?expand=customer")
    assert answer.error["details"][0]["code"] == "PARAMETER_UNKNOWN"


@pytest.mark.parametrize(
    ("name", "scope"), [("customer", "customers"), ("payments", "payments"), ("credit_notes", "credit_notes")]
)
def test_a_key_sees_only_what_it_may_read_alone(key: str, busy: Any, name: str, scope: str) -> None:
    def key_with(*scopes: str) -> str:
        body = {"name": "Narrow", "scopes": list(scopes)}
        return str(ask(key, "account/create_api_key", "POST", "/account/api-keys", body).data["key"])

    without, reader = key_with("invoices:*"), key_with("invoices:read", f"{scope}:read")
    for answer in (read(without, busy, f"expand={name}"), list_all(without, f"expand={name}")):
        assert (answer.status, answer.error["code"]) == (403, "INSUFFICIENT_SCOPE")
        assert f"{scope}:read" in answer.error["message"]
    assert read(without, busy).status == 200
    assert read(reader, busy, f"expand={name}").status == 200


def test_another_accounts_resources_are_out_of_reach(busy: Any) -> None:
    assert read(a_key(), busy, f"expand={ALL}").status == 404


def test_more_resources_than_one_request_may_read_are_refused(
    key: str, busy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(related, "MOST_RELATED", 3)
    assert read(key, busy, "expand=customer,payments").status == 200
    answer = read(key, busy, f"expand={ALL}")
    assert (answer.status, answer.error["code"]) == (400, "QUERY_TOO_BROAD")
    assert answer.error["details"][0]["field"] == "expand"


def test_more_than_can_be_sent_is_refused(key: str, busy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(exact_json.dumps(read(key, busy, f"expand={ALL}").data["expanded"]))
    for most, status in ((size + 100, 200), (size // 2, 400)):
        monkeypatch.setattr(expansion, "MOST_BYTES", most)
        answer = read(key, busy, f"expand={ALL}")
        assert answer.status == status
    assert (answer.error["code"], answer.error["details"][0]["field"]) == ("QUERY_TOO_BROAD", "expand")


def test_each_resource_is_read_once_and_100_in_a_request(key: str, busy: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(key, busy, f"expand={ALL}").data["expanded"]
    monkeypatch.setattr(related, "MOST_TOGETHER", 1)
    assert read(key, busy, f"expand={ALL}").data["expanded"] == whole


@pytest.mark.parametrize(
    ("resource", "name", "invoices"), [("payment", "payments", "invoices"), ("credit_note", "credit_notes", "invoice")]
)
def test_payments_and_credit_notes_have_their_customer_and_invoices(
    key: str, busy: Any, resource: str, name: str, invoices: str
) -> None:
    path, query = f"/{name.replace('_', '-')}", f"expand=customer,{invoices}"
    identifier, customer = busy[name][0]["id"], read(key, busy, "expand=customer").data["expanded"]["customer"]
    parameters = {f"{resource}_id": identifier}
    one = ask(key, f"{name}/get_{resource}", "GET", f"{path}/{identifier}?{query}", **parameters).data
    whole = one.pop("expanded")
    assert whole == {"customer": customer, invoices: [busy] if invoices == "invoices" else busy}
    assert one == ask(key, f"{name}/get_{resource}", "GET", f"{path}/{identifier}", **parameters).data
    listed = ask(key, f"{name}/list_{name}", "GET", f"{path}?{query}").data
    assert [each["expanded"] for each in listed if each["id"] == identifier] == [whole]
    answer = ask(key, f"{name}/get_{resource}", "GET", f"{path}/{identifier}?expand=payments", **parameters)
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")


def test_a_payment_of_several_invoices_has_them_all(key: str, sent: Any) -> None:
    other = a_sent_invoice(key)
    shares = [{"invoice_id": invoice["id"], "amount": 10} for invoice in (sent, other)]
    body = {"customer_id": "cust_123", "amount": 20, "allocations": shares}
    payment = ask(key, "payments/record_payment", "POST", "/payments", body).data["id"]
    path = f"/payments/{payment}?expand=invoices"
    expanded = ask(key, "payments/get_payment", "GET", path, payment_id=payment).data["expanded"]
    assert expanded == {"invoices": [read(key, invoice).data for invoice in (sent, other)]}
