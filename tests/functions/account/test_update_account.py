from typing import Any

import pytest

from tests.aws import Aws
from tests.functions.conftest import NEW_INVOICE
from tests.http import Response, call, request
from tests.sample_parties import DOLLAR_ACCOUNT, EURO_ACCOUNT, PARTY, WRONG

CAN_BE_EMPTY = (
    *(PARTY.keys() - {"name"}),
    "payment_instructions",
    "payment_instructions_by_locale",
    "bank_accounts",
    "books_locked_until",
    "payment_codes",
    "payment_url",
)


def update(key: str, body: Any, **headers: str) -> Response:
    return call("account/update_account", request("PATCH", "/account", body, key=key, headers=headers))


def invoice(key: str, **wishes: Any) -> Any:
    return call("invoices/create_invoice", request("POST", "/invoices", NEW_INVOICE | wishes, key=key)).data


def test_every_field_can_be_changed_and_null_clears_what_can_be_empty(key: str) -> None:
    given = PARTY | {
        "currency": "EUR",
        "time_zone": "Europe/Vienna",
        "locale": "de-AT",
        "locales": ["de-AT", "sl"],
        "payment_terms": "Net 14",
        "apply_credit": "auto",
        "payment_instructions": "By bank transfer, please.",
        "payment_instructions_by_locale": {"de": "Bitte per Überweisung.", "fr-CH": "Par virement."},
        "bank_accounts": [EURO_ACCOUNT, DOLLAR_ACCOUNT],
        "numbering": {
            "pattern": "R{seq:05}", "credit_note_pattern": "K{seq}",
            "next": 100, "credit_note_next": 7, "reset": "never", "fiscal_year_start": 4, "assign_on": "create",
        },
        "weekend": ["fri", "sat"],
        "payment_codes": ["sepa", "swiss_qr"],
        "payment_url": "https://pay.muster.example/{number}?amount={amount}&currency={currency}",
        "books_locked_until": "2026-10-31",
        "small_business": True,
    }  # fmt: skip
    answer = update(key, given)
    assert answer.status == 200, answer.body
    assert {name: answer.data[name] for name in given} == given
    assert answer.headers["ETag"] == '"v2"'
    assert answer.data["bank_account"] == EURO_ACCOUNT
    clearing: dict[str, Any] = dict.fromkeys(CAN_BE_EMPTY)
    cleared = update(key, clearing).data
    empty: dict[str, Any] = {
        "tax_ids": [],
        "bank_accounts": [],
        "payment_instructions_by_locale": {},
        "payment_codes": [],
    }
    assert {name: cleared[name] for name in given} == given | clearing | empty
    assert cleared["bank_account"] is None


def test_objects_merge(key: str) -> None:
    update(key, {"address": {"line1": "Old", "city": "Wien"}, "bank_account": {"iban": "DE89370400440532013000"}})
    changed = update(key, {"address": {"line1": "New"}, "bank_account": {"holder": "Acme GmbH"}}).data
    assert (changed["address"]["line1"], changed["address"]["city"]) == ("New", "Wien")
    bank = changed["bank_account"]
    assert bank == dict.fromkeys(bank) | {"iban": "DE89370400440532013000", "holder": "Acme GmbH"}


def test_the_bank_account_is_the_first_of_the_list(key: str) -> None:
    assert update(key, {"bank_account": EURO_ACCOUNT}).data["bank_accounts"] == [EURO_ACCOUNT]
    both = update(key, {"bank_accounts": [DOLLAR_ACCOUNT, EURO_ACCOUNT]}).data
    assert both["bank_account"] == DOLLAR_ACCOUNT
    changed = update(key, {"bank_account": {"holder": "Acme Inc.", "routing": None}}).data
    first = DOLLAR_ACCOUNT | {"holder": "Acme Inc.", "routing": None}
    assert changed["bank_accounts"] == [first, EURO_ACCOUNT]
    routed = update(key, {"bank_account": {"routing": {"type": "sort_code", "code": "200000"}}}).data
    assert routed["bank_account"]["routing"] == {"type": "sort_code", "code": "20-00-00"}
    rest = update(key, {"bank_account": None}).data
    assert (rest["bank_account"], rest["bank_accounts"]) == (EURO_ACCOUNT, [EURO_ACCOUNT])


def test_payment_instructions_merge_by_language(key: str) -> None:
    update(key, {"payment_instructions_by_locale": {"de": "Bitte", "fr": "SVP"}})
    changed = update(key, {"payment_instructions_by_locale": {"fr": None, "it": "Prego"}}).data
    assert changed["payment_instructions_by_locale"] == {"de": "Bitte", "it": "Prego"}
    tags = [f"{first}{second}" for first in "ab" for second in "abcdefghijklmnop"]
    refused = update(key, {"payment_instructions_by_locale": dict.fromkeys(tags[:29], "x")})
    assert [detail["code"] for detail in refused.error["details"]] == ["TOO_MANY"]


def test_an_iban_is_taken_as_people_write_it(key: str) -> None:
    changed = update(key, {"bank_account": {"iban": "de89 3704 0044 0532 0130 00", "bic": "cobadeff"}}).data
    assert (changed["bank_account"]["iban"], changed["bank_account"]["bic"]) == ("DE89370400440532013000", "COBADEFF")


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"name": None}, "name", "TYPE_INVALID"),
        ({"currency": None}, "currency", "TYPE_INVALID"),
        ({"currency": "XYZ"}, "currency", "CURRENCY_INVALID"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "TIME_ZONE_INVALID"),
        ({"bank_account": {"iban": "DE89370400440532013001"}}, "bank_account.iban", "IBAN_INVALID"),
        ({"bank_account": {"bic": "COBA"}}, "bank_account.bic", "BIC_INVALID"),
        ({"numbering": None}, "numbering", "TYPE_INVALID"),
        ({"numbering": {"pattern": "INV"}}, "numbering.pattern", "PATTERN_INVALID"),
        ({"numbering": {"pattern": "{seq}{seq}"}}, "numbering.pattern", "PATTERN_INVALID"),
        ({"numbering": {"pattern": "R{seq}"}}, "numbering.pattern", "PATTERN_INVALID"),
        ({"numbering": {"credit_note_pattern": "K{seq}"}}, "numbering.credit_note_pattern", "PATTERN_INVALID"),
        ({"numbering": {"reset": "weekly"}}, "numbering.reset", "VALUE_INVALID"),
        ({"numbering": {"reset": "monthly"}}, "numbering.pattern", "PATTERN_INVALID"),
        ({"numbering": {"fiscal_year_start": 13}}, "numbering.fiscal_year_start", "VALUE_INVALID"),
        ({"numbering": {"credit_note_next": 0}}, "numbering.credit_note_next", "VALUE_INVALID"),
        ({"numbering": {"assign_on": None}}, "numbering.assign_on", "VALUE_INVALID"),
        ({"numbering": {"next": 0}}, "numbering.next", "VALUE_INVALID"),
        ({"numbering": {"next": 1.5}}, "numbering.next", "TYPE_INVALID"),
        ({"weekend": ["friday"]}, "weekend[0]", "VALUE_INVALID"),
        ({"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, "weekend", "TOO_MANY"),
        ({"weekend": None}, "weekend", "TYPE_INVALID"),
        ({"bank_account": {"upi_id": "acme"}}, "bank_account.upi_id", "UPI_ID_INVALID"),
        ({"bank_account": {"upi_id": "a b@okbank"}}, "bank_account.upi_id", "UPI_ID_INVALID"),
        ({"payment_codes": ["paypal"]}, "payment_codes[0]", "VALUE_INVALID"),
        ({"payment_url": "http://pay.example/"}, "payment_url", "URL_INVALID"),
        ({"payment_url": "https://pay.example/{customer}"}, "payment_url", "URL_INVALID"),
        ({"payment_url": "https://{number}.example/"}, "payment_url", "URL_INVALID"),
        ({"payment_url": "https://pay.example/{"}, "payment_url", "URL_INVALID"),
        ({"payment_url": "https://me:secret@pay.example/"}, "payment_url", "URL_INVALID"),
        ({"payment_url": "javascript:alert(1)"}, "payment_url", "URL_INVALID"),
        ({"logotype": "x"}, "logotype", "FIELD_UNKNOWN"),
        ({"bank_account": {}, "bank_accounts": []}, "bank_account", "VALUE_INVALID"),
        ({"bank_accounts": [{}] * 11}, "bank_accounts", "TOO_MANY"),
        ({"bank_accounts": [{"currency": "XYZ"}]}, "bank_accounts[0].currency", "CURRENCY_INVALID"),
        (
            {"bank_account": {"routing": {"type": "aba", "code": "111000026"}}},
            "bank_account.routing.code",
            "ROUTING_INVALID",
        ),
        ({"bank_account": {"routing": {"type": "iban", "code": "1"}}}, "bank_account.routing.type", "VALUE_INVALID"),
        ({"bank_account": {"routing": {"type": "aba"}}}, "bank_account.routing.code", "FIELD_REQUIRED"),
        (
            {"payment_instructions_by_locale": {"German": "Bitte"}},
            "payment_instructions_by_locale.German",
            "LOCALE_INVALID",
        ),
        *WRONG,
    ],
)
def test_a_wrong_field_is_named_and_nothing_changes(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    before = aws.items("accounts")
    answer = update(key, {"payment_terms": "Net 7"} | wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert aws.items("accounts") == before


def test_of_two_editors_with_the_same_etag_one_gets_412(key: str) -> None:
    answers = [update(key, {"name": name}, **{"If-Match": '"v1"'}) for name in ("First", "Second")]
    assert [answer.status for answer in answers] == [200, 412]


def test_the_next_number_is_what_the_account_says_and_never_one_that_was(key: str, customer: Any) -> None:
    year = {"issue_date": None, "due_date": "2999-01-01"}
    assert update(key, {"numbering": {"next": 41}}).data["numbering"]["next"] == 41
    assert invoice(key, send_email=True, **year)["invoice_number"].endswith("-041")
    answer = update(key, {"numbering": {"next": 41}})
    assert (answer.status, answer.error["details"][0]["code"]) == (422, "NEXT_INVALID")


def test_drafts_are_numbered_when_the_account_says_so(key: str, customer: Any) -> None:
    assert invoice(key)["invoice_number"] is None
    update(key, {"numbering": {"assign_on": "create"}})
    draft = invoice(key)
    assert draft["invoice_number"] == "INV-2024-001"
    event = request("DELETE", "/invoices/x", key=key, parameters={"invoice_id": draft["id"]})
    assert call("invoices/delete_invoice", event).status == 409
