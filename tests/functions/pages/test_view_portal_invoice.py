"""GET /c/{token}/invoices/{invoice_id}: ids of others are as unknown as those of nothing."""

from typing import Any

from tests.aws import Aws
from tests.functions.pages.test_view_invoice import events
from tests.functions.pages.test_view_portal import ask, invoice
from tests.functions.portal import new_link, open_invoice, token_of
from tests.http import a_key


def test_it_shows_the_invoice_with_a_way_back_and_marks_nothing(key: str, sent: Any, aws: Aws) -> None:
    token = token_of(new_link(key).data["url"])
    answer = open_invoice(token, sent["id"])
    html = answer.body.decode()
    assert (answer.status, sent["invoice_number"] in html) == (200, True)
    assert f'/c/{token}"' in html
    assert f"/c/{token}/invoices/{sent['id']}/pdf" in html
    assert token_of(sent["hosted_url"]) not in html
    assert "invoice.viewed" not in events(aws)


def test_drafts_and_what_belongs_to_others_are_unknown(key: str, draft: Any) -> None:
    token = token_of(new_link(key).data["url"])
    bob = ask(key, "customers/create_customer", "POST", "/customers", {"name": "Bob", "email": "bob@example.com"})
    foreign = invoice(key, customer_id=bob["id"])
    voided = ask(
        key, "invoices/create_invoice", "POST", "/invoices", {"customer_id": "cust_123", "items": draft_items()}
    )
    ask(key, "invoices/void_invoice", "POST", f"/invoices/{voided['id']}/void", {}, invoice_id=voided["id"])
    other = a_key()
    ask(
        other,
        "customers/create_customer",
        "POST",
        "/customers",
        {"id": "cust_123", "name": "A", "email": "a@b.example"},
    )
    elsewhere = invoice(other)
    answers = [
        open_invoice(token, each) for each in ("inv_404", draft["id"], foreign["id"], voided["id"], elsewhere["id"])
    ]
    assert {(answer.status, answer.body) for answer in answers} == {(404, answers[0].body)}


def draft_items() -> list[dict[str, Any]]:
    return [{"description": "Never issued", "quantity": 1, "unit_price": 5}]
