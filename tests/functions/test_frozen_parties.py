"""Seller and buyer of issued documents: whole, and as they were, whatever becomes of account and customer."""

from typing import Any

import pytest

from tests.functions.conftest import NEW_INVOICE
from tests.http import call, request
from tests.sample_parties import ANY_ACCOUNT, DELIVERY, DOLLAR_ACCOUNT, EMPTY_PARTY, EURO_ACCOUNT, PARTY

SELLER = PARTY | {"name": "Acme GmbH", "legal_information": "HRB 1, Berlin"}
ACCOUNT = SELLER | {
    "payment_instructions": "By transfer",
    "payment_instructions_by_locale": {"de": "Per Überweisung", "de-CH": "Per QR-Rechnung"},
    "bank_accounts": [EURO_ACCOUNT, ANY_ACCOUNT, DOLLAR_ACCOUNT],
}


def ask(key: str, method: str, file: str, path: str, body: Any = None, **parameters: str) -> Any:
    answer = call(file, request(method, path, body, key=key, parameters=parameters))
    assert answer.status in {200, 201}, answer.body
    return answer.data


def change_account(key: str, values: Any) -> None:
    ask(key, "PATCH", "account/update_account", "/account", values)


def change_customer(key: str, values: Any) -> None:
    ask(key, "PATCH", "customers/update_customer", "/customers/cust_123", values, customer_id="cust_123")


def issued(key: str, **wishes: Any) -> Any:
    draft = ask(key, "POST", "invoices/create_invoice", "/invoices", NEW_INVOICE | wishes)
    assert draft["seller"] is None
    path = f"/invoices/{draft['id']}"
    ask(key, "POST", "invoices/send_invoice", f"{path}/send", {"send_email": False}, invoice_id=draft["id"])
    return ask(key, "GET", "invoices/get_invoice", path, invoice_id=draft["id"])


@pytest.mark.usefixtures("customer")
def test_an_issued_invoice_and_its_credit_note_keep_whole_parties(key: str) -> None:
    change_account(key, ACCOUNT)
    change_customer(key, PARTY | DELIVERY)
    invoice = issued(key)
    assert invoice["buyer"] == PARTY | DELIVERY | {"id": "cust_123"}
    assert invoice["seller"] == SELLER | {"payment_instructions": "By transfer", "bank_account": DOLLAR_ACCOUNT}
    assert invoice["customer"] == {"id": "cust_123", "name": PARTY["name"], "email": PARTY["email"]}
    change_account(key, EMPTY_PARTY | {"name": "Other", "bank_accounts": [], "payment_instructions_by_locale": None})
    change_customer(key, EMPTY_PARTY | dict.fromkeys(DELIVERY) | {"name": "Other"})
    again = ask(key, "GET", "invoices/get_invoice", "/invoices/x", invoice_id=invoice["id"])
    assert again == invoice
    (listed,) = ask(key, "GET", "invoices/list_invoices", "/invoices")
    assert (listed["seller"], listed["buyer"]) == (invoice["seller"], invoice["buyer"])
    path = f"/invoices/{invoice['id']}/credit-notes"
    note = ask(key, "POST", "credit_notes/create_credit_note", path, {"reason": "Wrong"}, invoice_id=invoice["id"])
    assert (note["seller"], note["buyer"]) == (invoice["seller"], invoice["buyer"])


@pytest.mark.usefixtures("customer")
@pytest.mark.parametrize(
    ("currency", "locale", "bank_account", "instructions"),
    [
        ("EUR", "de-AT", EURO_ACCOUNT, "Per Überweisung"),
        ("USD", "de-CH", DOLLAR_ACCOUNT, "Per QR-Rechnung"),
        ("CHF", "fr", ANY_ACCOUNT, "By transfer"),
    ],
)
def test_the_copy_has_the_bank_account_of_the_currency_and_the_instructions_of_the_language(
    key: str, currency: str, locale: str, bank_account: Any, instructions: str
) -> None:
    change_account(key, ACCOUNT)
    seller = issued(key, currency=currency, locale=locale)["seller"]
    assert (seller["bank_account"], seller["payment_instructions"]) == (bank_account, instructions)


@pytest.mark.usefixtures("customer")
@pytest.mark.parametrize(
    ("locales", "instructions"),
    [
        (["de", "fr"], "Per Überweisung"),
        (["fr", "de-CH"], "By transfer\n\nPer QR-Rechnung"),
        (["de-CH", "de"], "Per QR-Rechnung\n\nPer Überweisung"),
    ],
)
def test_a_bilingual_invoice_has_the_instructions_of_both_languages(
    key: str, locales: list[str], instructions: str
) -> None:
    change_account(key, ACCOUNT)
    invoice = issued(key, locales=locales)
    assert invoice["seller"]["payment_instructions"] == instructions
    path = f"/invoices/{invoice['id']}/credit-notes"
    note = ask(key, "POST", "credit_notes/create_credit_note", path, {"reason": "Wrong"}, invoice_id=invoice["id"])
    assert (note["locale"], note["locales"]) == (locales[0], locales)


@pytest.mark.usefixtures("customer")
def test_without_an_account_for_the_currency_or_for_all_the_first_is_printed(key: str) -> None:
    change_account(key, {"bank_accounts": [DOLLAR_ACCOUNT, EURO_ACCOUNT]})
    assert issued(key, currency="CHF")["seller"]["bank_account"] == DOLLAR_ACCOUNT


@pytest.mark.usefixtures("customer")
def test_a_draft_shows_the_customer_as_it_is_now(key: str) -> None:
    draft = ask(key, "POST", "invoices/create_invoice", "/invoices", NEW_INVOICE)
    change_customer(key, PARTY | DELIVERY)
    shown = ask(key, "GET", "invoices/get_invoice", "/invoices/x", invoice_id=draft["id"])
    assert shown["buyer"] == PARTY | DELIVERY | {"id": "cust_123"}
    assert shown["seller"] is None


def test_of_a_plain_invoice_the_parties_have_what_is_known(key: str, sent: Any) -> None:
    known = {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@example.com"}
    assert sent["buyer"] == EMPTY_PARTY | dict.fromkeys(DELIVERY) | known
    assert {name for name, value in sent["seller"].items() if value} == {"name", "email"}
