"""What is too much is refused with 4xx, and what is just not too much is stored and comes back as it was."""

import base64
import random
from typing import Any

import orjson
import pytest

from invoicing import exact_json
from invoicing.api.queries.invoices import INVOICES
from invoicing.api.query import read_query
from invoicing.api.request import MAX_BODY_BYTES
from invoicing.operations.lists.query import Place, write_cursor
from tests.api.schema_walk import full_body, one_form, placed, places, schema_of
from tests.functions.business import BODIES, Business, apps
from tests.functions.conftest import LINE, NEW_INVOICE
from tests.http import Response

CREATE, SEND, VOID, PRICE = "invoices/create_invoice", "invoices/send_invoice", "invoices/void_invoice", 150
SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"


def refused(answer: Response, status: int = 422) -> list[tuple[str, str]]:
    assert answer.status == status, answer.body[:500]
    return [(detail["field"], detail["code"]) for detail in answer.error["details"]]


@pytest.mark.parametrize("in_base64", [False, True])
def test_a_body_of_a_megabyte_is_read_and_one_byte_more_is_not(business: Business, *, in_base64: bool) -> None:
    text = '{"name": "Ada"}'.ljust(MAX_BODY_BYTES)
    bodies: list[Any] = [text, text + " "]
    answers = [
        business.ask("customers/create_customer", body.encode() if in_base64 else body).status for body in bodies
    ]
    assert answers == [201, 413]


def test_a_body_is_counted_in_bytes(business: Business) -> None:
    characters = (MAX_BODY_BYTES + 4) // 4
    answer = business.ask("customers/create_customer", f'{{"name": "{"😀" * characters}"}}')
    assert (answer.status, answer.error["code"]) == (413, "REQUEST_TOO_LARGE")


def lines(length: int, *, compressible: bool) -> Any:
    chance = random.Random(7)
    texts = ("x" * length if compressible else "".join(chance.choices(SAFE, k=length)) for _ in range(500))
    return NEW_INVOICE | {"items": [LINE | {"description": text} for text in texts]}


def test_500_long_lines_are_one_invoice_when_they_compress(business: Business) -> None:
    body = lines(1_850, compressible=True)
    assert 900_000 < len(exact_json.dumps(body)) < MAX_BODY_BYTES
    first = business.ask(CREATE, body, headers={"Idempotency-Key": "long"})
    again = business.ask(CREATE, body, headers={"Idempotency-Key": "long"})
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (201, 201, "true")
    assert again.body == first.body
    assert business.ask("invoices/get_invoice", invoice_id=first.data["id"]).data["items"] == first.data["items"]


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "too-long"}])
def test_500_long_lines_are_too_large_when_they_do_not(business: Business, headers: dict[str, str]) -> None:
    body = lines(1_850, compressible=False)
    before = business.stored()
    assert refused(business.ask(CREATE, body, headers=headers)) == [("", "RESOURCE_TOO_LARGE")]
    assert refused(business.ask("invoices/update_invoice", {"items": body["items"]})) == [("", "RESOURCE_TOO_LARGE")]
    assert business.stored() == before


@pytest.mark.parametrize("credit_note", [False, True])
def test_the_largest_invoice_can_be_made_with_an_idempotency_key_sent_and_voided(
    business: Business, credit_note: bool
) -> None:
    """Its answer, which is stored too, is larger than itself."""

    def is_made(length: int) -> bool:
        return business.ask(CREATE, lines(length, compressible=False)).status == 201

    length = max(filter(is_made, range(810, 880, 10)))
    made = business.ask(
        CREATE, lines(length, compressible=False), headers={"Idempotency-Key": f"largest-{credit_note}"}
    )
    assert made.status == 201
    for file, body in ((SEND, {}), (VOID, {"reason": "x" * 2000, "credit_note": credit_note})):
        answer = business.ask(
            file, body, invoice_id=made.data["id"], headers={"Idempotency-Key": f"{file}-{credit_note}"}
        )
        assert answer.status == 200, answer.body
    copy = business.ask(
        "invoices/duplicate_invoice", invoice_id=made.data["id"], headers={"Idempotency-Key": f"copy-{credit_note}"}
    )
    assert copy.status == 201


def test_an_answer_that_no_item_can_hold_is_refused_and_nothing_is_made(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the two limits differ: the idempotency record is refused with the rest of its transaction."""
    before = business.stored()
    with monkeypatch.context() as patched:
        patched.setattr("invoicing.storage.dynamodb.item_codec.pack.__defaults__", (300,))
        answer = business.ask(CREATE, NEW_INVOICE, headers={"Idempotency-Key": "answer"})
    assert refused(answer) == [("", "RESOURCE_TOO_LARGE")]
    assert business.stored() == before


def test_the_largest_total_is_exact_and_one_cent_more_is_refused(business: Business) -> None:
    at_most = LINE | {"quantity": 10, "unit_price": exact_json.loads("999999999999.999")}
    made = business.ask(CREATE, NEW_INVOICE | {"items": [at_most]})
    assert b'"total":9999999999999.99,' in made.body
    cent = NEW_INVOICE | {"items": [at_most, LINE | {"quantity": 1, "unit_price": exact_json.loads("0.01")}]}
    assert refused(business.ask(CREATE, cent)) == [("items", "AMOUNT_INVALID")]
    taxed = NEW_INVOICE | {"items": [at_most], "tax_rate": exact_json.loads("0.000001")}
    assert refused(business.ask(CREATE, taxed)) == [("items", "AMOUNT_INVALID")]


@pytest.mark.parametrize("currency", ["JPY", "USD", "KWD", "CLF"])
def test_the_largest_line_in_any_currency_is_no_overflow(business: Business, currency: str) -> None:
    line = LINE | {"quantity": 10**9, "unit_price": 10**12, "discount": 10**12}
    body = NEW_INVOICE | {"currency": currency, "items": [line] * 500, "discount": {"type": "fixed", "value": 10**12}}
    assert refused(business.ask(CREATE, body)) == [("items[0].unit_price", "AMOUNT_INVALID")]


@pytest.mark.parametrize(
    ("number", "status", "found"),
    [
        ("-0", 201, b'"unit_price":0.00,'),
        ("-0.0", 201, b'"unit_price":0.00,'),
        ("0e999999", 201, b'"unit_price":0.00,'),
        ("0.1" + "0" * 900_000, 201, b'"unit_price":0.10,'),
        ("1E+2", 201, b'"unit_price":100.00,'),
        ("NaN", 400, b"INVALID_JSON"),
        ("Infinity", 400, b"INVALID_JSON"),
        ("-Infinity", 400, b"INVALID_JSON"),
        ("1e99999999999999999999", 400, b"INVALID_JSON"),
        ("9" * 1001, 400, b"INVALID_JSON"),
        ("9" * 900_000, 400, b"INVALID_JSON"),
        ("9" * 1000, 422, b"AMOUNT_INVALID"),
        ("9" * 20, 422, b"AMOUNT_INVALID"),
        ("-" + "9" * 20, 422, b"AMOUNT_INVALID"),
        ("1e999", 422, b"AMOUNT_INVALID"),
        ("1e999999", 422, b"AMOUNT_INVALID"),
        ("1e-999999", 422, b"AMOUNT_INVALID"),
        ("1." + "3" * 900_000, 422, b"AMOUNT_INVALID"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_odd_numbers(business: Business, number: str, status: int, found: bytes) -> None:
    body = exact_json.dumps(NEW_INVOICE).decode().replace(f'"unit_price":{PRICE}', f'"unit_price":{number}')
    answer = business.ask(CREATE, body)
    assert (answer.status, found in answer.body) == (status, True), answer.body[:500]
    assert len(answer.body) < 10_000


@pytest.mark.parametrize("depth", [100, 5_000, 400_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting(business: Business, depth: int, opening: str, closing: str) -> None:
    depth = depth // len(opening)
    answer = business.ask("customers/create_customer", '{"name":' + opening * depth + "1" + closing * depth + "}")
    assert answer.error["code"] in {"VALIDATION_FAILED", "INVALID_JSON"}


TEXTS = {"NUL": "a\0b", "beyond the BMP": "😀𝒜", "controls": "\x01\x1f\u2028\x7f", "highest": "\U0010ffff"}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_any_character_comes_back_as_it_was(business: Business, text: str) -> None:
    new = {"name": text, "notes": text, "address": {"line1": text}, "metadata": {text: text}}
    made = business.ask("customers/create_customer", new).data
    assert {name: made[name] for name in ("name", "notes", "metadata")} == {
        k: v for k, v in new.items() if k != "address"
    }
    assert business.ask("customers/get_customer", customer_id=made["id"]).data == made
    body = {"customer_id": made["id"], "items": [LINE | {"description": text}], "notes": text, "metadata": {text: text}}
    invoice = business.ask(CREATE, body).data
    assert (invoice["items"][0]["description"], invoice["notes"], invoice["metadata"]) == (text, text, {text: text})
    assert business.ask("invoices/get_invoice_pdf", invoice_id=invoice["id"]).status == 200


@pytest.mark.parametrize(
    "where", ['"name": "\\ud800"', '"name": "A", "metadata": {"\\uDFFF": "x"}', '"\\udc00\\ud800": 1']
)
def test_half_a_surrogate_pair_is_no_text(business: Business, where: str) -> None:
    answer = business.ask("customers/create_customer", f"{{{where}}}")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_JSON")
    whole = business.ask("customers/create_customer", r'{"name": "\ud83d\ude00"}')
    assert whole.data["name"] == "😀"


_REPEATED = frozenset(
    [
        "buyer_reference",
        "coded_notes",
        "custom_fields",
        "metadata",
        "name",
        "notes",
        "payment_instructions",
        "phone",
        "preceding_invoices",
        "purchase_order",
        "reference",
    ]
)
_UNSUITABLE = frozenset(
    [
        "attachments",
        "bank_account",
        "books_locked_until",
        "discount",
        "early_payment_discounts",
        "late_fee",
        "logo",
        "numbering",
        "payment_means",
        "prepayments",
        "send_at",
        "series_id",
        "tax_exemption_code",
        "tax_exemption_reason",
        "template_id",
    ]
)
"""Fields that do not go with all others."""


def without(names: frozenset[str], value: Any) -> Any:
    """A JSON value without the members of these names."""
    if isinstance(value, dict):
        return {name: without(names, member) for name, member in value.items() if name not in names}
    return [without(names, item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("file", ["customers/create_customer", "account/update_account", CREATE, SEND])
def test_everything_at_its_limit_at_once_is_stored(business: Business, file: str) -> None:
    model: Any = apps()[file].body
    body = full_body(schema_of(model))
    left_out = {"terms", "customer_id", "to", "bcc"}
    for place in places(schema_of(model)):
        if not place.of_key and "maxLength" in place.schema and place.path[-1] not in left_out:
            body = placed(body, place.path, place.text(place.schema["maxLength"]))
    body = one_form(body)
    body = without(_UNSUITABLE, body)
    body |= {name: BODIES[file][name] for name in {"customer_id"} & body.keys()}
    answer = business.ask(file, body)
    assert answer.status in {200, 201}, answer.body[:500]
    for name in _REPEATED & body.keys():
        assert answer.data[name] == body[name]


@pytest.mark.parametrize(
    ("page", "total"),
    [
        *((page, None) for page in (0, -1, 10**12 + 1, 2**63, 2**64 - 1, True, 1.5, None)),
        *((1, total) for total in (-1, 10**12 + 1, False, 1.5)),
    ],
)
def test_a_cursor_counts_in_whole_numbers_and_not_without_end(business: Business, page: Any, total: Any) -> None:
    query = read_query("", INVOICES).query
    fingerprint = orjson.loads(base64.urlsafe_b64decode(write_cursor(query, Place(page=1, position="x")) + "=="))[0]
    cursor = base64.urlsafe_b64encode(orjson.dumps([fingerprint, page, "x", False, total])).decode().rstrip("=")
    answer = business.ask("invoices/list_invoices", query=f"?cursor={cursor}")
    assert (answer.status, answer.error["code"]) == (400, "INVALID_QUERY")
