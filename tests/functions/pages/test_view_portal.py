"""GET /c/{token}: cases P1, P3 and P4 of docs/reference/portal.md."""

import re
from html import unescape
from typing import Any

import pytest

from invoicing.operations.pages import view_portal
from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.functions.pages.test_view_invoice import BROWSER
from tests.functions.portal import new_link, open_portal, token_of
from tests.http import a_key, call, request


def ask(key: str, file: str, method: str, path: str, body: Any = None, **named: str) -> Any:
    answer = call(file, request(method, path, body, key=key, parameters=named))
    assert answer.status < 300, answer.body
    return answer.data if answer.body else None


def invoice(key: str, **more: Any) -> Any:
    return ask(key, "invoices/create_invoice", "POST", "/invoices", NEW_INVOICE | {"send_email": True} | more)


def shown(key: str, query: str = "") -> str:
    answer = open_portal(token_of(new_link(key).data["url"]), query)
    assert answer.status == 200
    return answer.body.decode()


def test_it_shows_issued_documents_as_what_they_are(key: str, draft: Any) -> None:
    sent, paid, void, credited = (invoice(key) for _ in range(4))
    path = f"/invoices/{paid['id']}/payments"
    ask(key, "payments/record_invoice_payment", "POST", path, {"amount": paid["total"]}, invoice_id=paid["id"])
    ask(key, "invoices/void_invoice", "POST", f"/invoices/{void['id']}/void", {}, invoice_id=void["id"])
    path = f"/invoices/{credited['id']}/payments"
    ask(key, "payments/record_invoice_payment", "POST", path, {"amount": credited["total"]}, invoice_id=credited["id"])
    item = {"line_id": credited["items"][0]["id"], "amount": 50}
    path, body = f"/invoices/{credited['id']}/credit-notes", {"reason": "Late", "items": [item]}
    note = ask(key, "credit_notes/create_credit_note", "POST", path, body, invoice_id=credited["id"])
    html = shown(key)
    assert draft["id"] not in html
    for each in (sent, paid, void, credited):
        assert f"/invoices/{each['id']}" in html
        assert each["invoice_number"] in html
    assert f"/credit-notes/{note['id']}/pdf" in html
    assert "$50.00 available" in html
    assert html.count("Cancelled") == 1
    assert html.count(f"/invoices/{sent['id']}") == 2, "it is open, and one of all"
    assert "Amount outstanding" in html


def test_a_used_credit_is_no_longer_available(key: str, customer: Any) -> None:
    assert customer
    credited = invoice(key)
    path = f"/invoices/{credited['id']}/payments"
    ask(key, "payments/record_invoice_payment", "POST", path, {"amount": credited["total"]}, invoice_id=credited["id"])
    path = f"/invoices/{credited['id']}/credit-notes"
    ask(key, "credit_notes/create_credit_note", "POST", path, {"reason": "All"}, invoice_id=credited["id"])
    assert "$1,500.00 available" in shown(key)
    other = invoice(key)
    path = f"/invoices/{other['id']}/apply-credit"
    ask(key, "payments/apply_credit", "POST", path, {"amount": 1000}, invoice_id=other["id"])
    assert "$500.00 available" in shown(key)


def test_each_currency_has_its_balance(key: str, customer: Any) -> None:
    assert customer
    invoice(key)
    invoice(key, currency="EUR")
    html = shown(key)
    assert html.count("Amount outstanding") == 2
    assert "€1,500.00" in html
    assert "$1,500.00" in html


def test_scanners_change_nothing_and_the_customer_still_gets_in(key: str, sent: Any, aws: Aws) -> None:
    assert sent
    token = token_of(new_link(key).data["url"])
    before = {table: aws.items(table) for table in ("invoices", "events", "deliveries", "customers")}
    for headers in ({}, BROWSER, {"user-agent": "bot"}):
        assert open_portal(token, **headers).status == 200
    event = request("HEAD", f"/c/{token}", parameters={"token": token})
    assert (call("pages/view_portal", event).status, call("pages/view_portal", event).body) == (200, b"")
    assert before == {table: aws.items(table) for table in before}


def test_older_invoices_are_on_further_pages(key: str, customer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert customer
    monkeypatch.setattr(view_portal, "MOST_SHOWN", 2)
    ids = [invoice(key)["id"] for _ in range(5)]
    seen: list[list[str]] = []
    queries: list[str] = [""]
    for query in queries:
        below = shown(key, query).partition('<h2 id="list-2">' if not query else '<h2 id="list-1">')[2]
        seen.append(re.findall(r"/invoices/(inv_\w+)\"", below))
        queries += [unescape(older) for older in re.findall(r'href="[^"?]+(\?[^"]+)" rel="next"', below)]
    assert seen == [[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]


def test_a_later_link_leaves_earlier_ones_alive(key: str, customer: Any) -> None:
    assert customer
    links = [new_link(key, {"send_email": True}).data for _ in range(3)]
    assert [open_portal(token_of(each["url"])).status for each in links] == [200, 200, 200]


def test_a_customer_that_is_archived_or_gone_has_no_portal(key: str, sent: Any) -> None:
    assert sent
    token = token_of(new_link(key).data["url"])
    ask(key, "customers/delete_customer", "DELETE", "/customers/cust_123", customer_id="cust_123")
    unknown, archived = open_portal("nobody-knows-it"), open_portal(token)
    assert (archived.status, archived.body) == (404, unknown.body)
    refused = new_link(key)
    assert (refused.status, refused.error["code"]) == (409, "CUSTOMER_ARCHIVED")
    ask(key, "customers/restore_customer", "POST", "/customers/cust_123/restore", customer_id="cust_123")
    assert open_portal(token).status == 200
    other = ask(key, "customers/create_customer", "POST", "/customers", {"name": "Bob"})["id"]
    token = token_of(new_link(key, customer_id=other).data["url"])
    ask(key, "customers/delete_customer", "DELETE", f"/customers/{other}", customer_id=other)
    assert open_portal(token).status == 404


def test_accounts_share_nothing(key: str, sent: Any) -> None:
    """Another account with a customer of the same id sees its own only."""
    other = a_key()
    ask(other, "customers/create_customer", "POST", "/customers", {"id": "cust_123", "name": "Someone else"})
    html = shown(other)
    assert sent["invoice_number"] not in html
    assert "There are no documents yet." in html


def test_headers_are_those_of_pages_and_the_language_is_the_customers(key: str, sent: Any) -> None:
    assert sent
    ask(key, "customers/update_customer", "PATCH", "/customers/cust_123", {"locale": "he"}, customer_id="cust_123")
    answer = open_portal(token_of(new_link(key).data["url"]))
    assert '<html lang="he" dir="rtl">' in answer.body.decode()
    assert "<script" not in answer.body.decode()
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["?invoices=x", "?credit_notes=WzFd", "?payments=x", "?invoices=%FF%00"])
def test_a_page_that_there_is_not_is_an_error_page(key: str, customer: Any, query: str) -> None:
    assert customer
    answer = open_portal(token_of(new_link(key).data["url"]), query)
    assert (answer.status, answer.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
