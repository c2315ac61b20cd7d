from typing import Any

import pytest

from invoicing.domain.parties.tax_ids import TAX_ID_TYPES
from invoicing.storage.dynamodb.item_codec import unpack
from tests.aws import Aws
from tests.http import Response, call, request
from tests.sample_parties import DELIVERY, EMPTY_PARTY, PARTY, WRONG


def create(key: str, body: Any) -> Response:
    return call("customers/create_customer", request("POST", "/customers", body, key=key))


def test_every_field_comes_back_as_it_was_given(key: str) -> None:
    given = (
        PARTY
        | DELIVERY
        | {
            "id": "cust_acme-1",
            "name": "Ácme Ελλάς Київ",
            "cc_emails": ["cfo@acme.example"],
            "currency": "EUR",
            "locale": "de-AT",
            "payment_terms": "Net 14",
            "apply_credit": "manual",
            "notes": "Pays on time",
            "metadata": {"crm": "42"},
        }
    )
    answer = create(key, given)
    assert answer.status == 201, answer.body
    assert {name: answer.data[name] for name in given} == given
    assert answer.headers["Location"].endswith("/customers/cust_acme-1")


def test_of_a_plain_customer_only_what_was_given_is_stored(key: str, aws: Aws) -> None:
    answer = create(key, {"name": "Ada"})
    names = PARTY.keys() | DELIVERY.keys()
    assert {name: answer.data[name] for name in names} == EMPTY_PARTY | dict.fromkeys(DELIVERY) | {"name": "Ada"}
    (item,) = aws.items("customers")
    stored = unpack(item["document"]["B"])
    assert not stored.keys() & (names - {"name"})


@pytest.mark.parametrize(("wrong", "field", "code"), WRONG)
def test_wrong_fields_of_a_party_are_named(key: str, aws: Aws, wrong: Any, field: str, code: str) -> None:
    answer = create(key, {"name": "Ada"} | wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert aws.items("customers") == []


def test_messages_say_what_is_right(key: str) -> None:
    said = [
        create(key, {"name": "Ada"} | wrong).error["message"]
        for wrong in (
            {"id": "customer 1"},
            {"address": {"country": "UK"}},
            {"shipping_address": {"country": "EL"}},
            {"tax_ids": [{"type": "au_abn", "value": "83 914 571 674"}]},
        )
    ]
    assert said == [
        "id must be cust_ and 1 to 64 letters from A to Z, digits, hyphens or underscores.",
        "address.country must be an ISO 3166-1 country code such as US; use GB for UK.",
        "shipping_address.country must be an ISO 3166-1 country code such as US; use GR for EL.",
        "tax_ids[0].value must be a valid au_abn such as 83 914 571 673; its check digits are wrong.",
    ]
    unknown = create(key, {"name": "Ada", "tax_ids": [{"type": "vat", "value": "1"}]}).error["message"]
    assert unknown.startswith("tax_ids[0].type must be one of ae_trn, ")
    assert all(name in unknown for name in TAX_ID_TYPES)


def test_without_an_id_one_is_made(key: str) -> None:
    assert create(key, {"name": "Ada"}).data["id"].startswith("cust_")


def test_an_id_that_is_taken_names_who_has_it(key: str, aws: Aws) -> None:
    create(key, {"id": "cust_1", "name": "First"})
    answer = create(key, {"id": "cust_1", "name": "Second"})
    assert answer.status == 409
    assert answer.error["code"] == "DUPLICATE_CUSTOMER"
    assert answer.error["existing_resource"].endswith("/customers/cust_1")
    assert len(aws.items("customers")) == len(aws.items("events")) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" a@b.de ", "a@b.de"),
        ("kunde@müller.de", "kunde@müller.de"),
        ("Kunde@MÜLLER.de", "Kunde@müller.de"),
        ("kunde@xn--mller-kva.de", "kunde@müller.de"),
        ("a.b+c@X.Example", "a.b+c@x.example"),
        ("a@b.test", "a@b.test"),
    ],
)
def test_an_address_is_trimmed_and_its_domain_normalized(key: str, given: str, kept: str) -> None:
    answer = create(key, {"name": "Ada", "email": given, "cc_emails": [given]})
    assert (answer.data["email"], answer.data["cc_emails"]) == (kept, [kept])


def test_an_address_that_mail_cannot_be_sent_to_says_why(key: str) -> None:
    refused = create(key, {"name": "Ada", "email": "jörg@x.de"})
    assert refused.error["message"] == (
        "email must have only ASCII characters before the @; mail cannot be sent to other addresses."
    )


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"name": ""}, "name", "TOO_SHORT"),
        ({"name": "x" * 251}, "name", "TOO_LONG"),
        ({"name": 7}, "name", "TYPE_INVALID"),
        ({"id": "acme"}, "id", "VALUE_INVALID"),
        ({"email": "nobody"}, "email", "EMAIL_INVALID"),
        ({"email": "a@b.example\nBcc: x@y.example"}, "email", "EMAIL_INVALID"),
        ({"email": "=?utf-8?q?ceo?=@b.example"}, "email", "EMAIL_INVALID"),
        ({"email": "a..b@x.de"}, "email", "EMAIL_INVALID"),
        ({"email": ".a@x.de"}, "email", "EMAIL_INVALID"),
        ({"email": "a@-x.de"}, "email", "EMAIL_INVALID"),
        ({"email": "a" * 65 + "@x.de"}, "email", "EMAIL_INVALID"),
        ({"email": "Ada <a@x.de>"}, "email", "EMAIL_INVALID"),
        ({"email": "jörg@x.de"}, "email", "EMAIL_INVALID"),
        ({"cc_emails": ["a@b.example"] * 11}, "cc_emails", "TOO_MANY"),
        ({"cc_emails": ["a@b.example", "b"]}, "cc_emails[1]", "EMAIL_INVALID"),
        ({"currency": "XYZ"}, "currency", "CURRENCY_INVALID"),
        ({"address": {"country": "Austria"}}, "address.country", "COUNTRY_INVALID"),
        ({"address": "Ring 1"}, "address", "TYPE_INVALID"),
        ({"locale": "german"}, "locale", "LOCALE_INVALID"),
        ({"metadata": {str(n): "" for n in range(51)}}, "metadata", "TOO_MANY"),
        ({"metadata": {"k": 1}}, "metadata.k", "TYPE_INVALID"),
        ({"nmae": "Ada"}, "nmae", "FIELD_UNKNOWN"),
    ],
)
def test_a_wrong_field_is_named(key: str, aws: Aws, wrong: dict[str, Any], field: str, code: str) -> None:
    answer = create(key, {"name": "Ada"} | wrong)
    assert answer.status == 422
    assert [(detail["field"], detail["code"]) for detail in answer.error["details"]] == [(field, code)]
    assert aws.items("customers") == aws.items("events") == []


def test_all_wrong_fields_are_reported_at_once(key: str) -> None:
    answer = create(key, {"email": "x", "currency": "?"})
    assert {detail["field"] for detail in answer.error["details"]} == {"name", "email", "currency"}


def test_a_locale_without_texts_is_stored_with_a_warning(key: str) -> None:
    created = create(key, {"name": "A", "locale": "hi-Latn-IN"})
    assert created.data["locale"] == "hi-Latn-IN"
    assert [(each["field"], each["code"]) for each in created.json["meta"]["warnings"]] == [
        ("locale", "LOCALE_UNSUPPORTED")
    ]
