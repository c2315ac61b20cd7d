"""Every limit of every field of every request body: at it accepted, beyond it refused by name.

The cases are made from the models' own schemas, which docs/openapi.json shows too: a new field is tested as it comes,
and one without a limit fails.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from invoicing.api.bulk import BulkApp
from invoicing.api.inputs.accounts import CreateAccountInput
from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.bulk import BulkItem
from invoicing.api.inputs.customers import CreateCustomerInput
from invoicing.api.inputs.invoices import CreateInvoiceInput
from invoicing.domain.errors import ValidationFailed
from invoicing.domain.money.currencies import EXPONENTS
from tests.api.schema_walk import MOMENTS, Place, full_body, many_keys, one_form, places, schema_of, with_value
from tests.functions.business import apps

SINGLE = [app.body for app in apps().values() if app.body and not isinstance(app, BulkApp)]
MODELS: list[type[RequestBody]] = [CreateAccountInput, BulkItem, *dict.fromkeys(SINGLE)]
"""All bodies; an item of a bulk operation is the body of a single request, and has what `BulkItem` has."""
OF_VALUES = {"VALUE_INVALID", "TAX_CATEGORY_INVALID"}
OF_CODES = {"CURRENCY_INVALID", "COUNTRY_INVALID", "GTIN_INVALID", "LOCALE_INVALID", "UNIT_CODE_INVALID"}
OF_MOMENTS = {"DATE_INVALID", "DURATION_INVALID", "INSTANT_INVALID", "SEND_AT_INVALID", "TIME_INVALID"}
SMALLEST_STEP = Decimal("0.000001")

Case = tuple[type[RequestBody], Place]


def cases(*types: str, of_key: bool = False) -> pytest.MarkDecorator:
    """Every place of these JSON types, as parameters."""
    found = [(model, place) for model in MODELS for place in places(schema_of(model))]
    chosen = [case for case in found if case[1].of_key == of_key and (of_key or case[1].schema.get("type") in types)]
    return pytest.mark.parametrize("case", chosen, ids=lambda case: f"{case[0].__name__}-{case[1].name}")


def parse(case: Case, value: Any) -> list[tuple[str, str]]:
    """The wrong fields and their codes of a full body with one other value; each has a message of our own."""
    model, place = case
    try:
        model.parse(with_value(full_body(schema_of(model)), place.path, value))
    except ValidationFailed as error:
        check_messages(error)
        return [(detail.field, detail.code) for detail in error.details]
    return []


def check_messages(error: ValidationFailed) -> None:
    """No message of pydantic reaches a client, and the first message is repeated on top."""
    assert error.message == error.details[0].message
    for detail in error.details:
        assert detail.message.startswith(f"{detail.field} must ")
        assert detail.message.endswith(".")


def refused(case: Case, value: Any) -> str:
    """The code that a value is refused with, alone and by the name of its field."""
    ((field, code),) = parse(case, value)
    name = case[1].name
    # A single address or amount is read as the list or the object that it stands for.
    assert field in {name, f"{name}[0]", f"{name}.value"}
    return code


def is_free(schema: Any) -> bool:
    """Whether a text is anything but one of a list, a date or a moment, whose pattern says its length."""
    of_a_form = schema.get("format") in MOMENTS or ("pattern" in schema and "maxLength" not in schema)
    return "enum" not in schema and "const" not in schema and not of_a_form


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_full_body_is_accepted(model: type[RequestBody]) -> None:
    model.parse(one_form(full_body(schema_of(model))))


WRONG: list[Any] = [None, True, -1, 10**30, Decimal("1E-7"), "", "\0", "x" * 900_000, [], ["x"] * 600, {}, {"x": 1}]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_wrong_is_said_in_our_own_words(model: type[RequestBody], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of no library, and for everything that pydantic finds here there is a message that says what is right."""
    monkeypatch.setattr("invoicing.api.inputs.base._UNKNOWN_ERROR", ("VALUE_INVALID", "No words for this"))
    body = full_body(schema_of(model))
    said: set[str] = set()
    for value in [{}, *(with_value(body, place.path, value) for place in places(schema_of(model)) for value in WRONG)]:
        try:
            model.parse(value)
        except ValidationFailed as refused:
            said |= {refused.message, *(detail.message for detail in refused.details)}
    assert said
    assert {message for message in said if re.search(r"[Ii]nput should|No words|\{[a-z_]+\}", message)} == set()


@cases("string")
def test_a_text_has_a_longest_length(case: Case) -> None:
    _, place = case
    if not is_free(place.schema):
        assert refused(case, "x" * 1000) in {*OF_VALUES, *OF_MOMENTS}
        return
    longest = place.schema["maxLength"]
    assert parse(case, place.text(longest)) == []
    beyond = OF_CODES if "pattern" in place.schema else set()
    assert refused(case, place.text(longest + 1)) in {"TOO_LONG", *beyond}
    assert refused(case, "x" * 900_000) in {"TOO_LONG", *beyond}
    if place.schema.get("minLength"):
        assert refused(case, "") == "TOO_SHORT"


@cases("string")
def test_a_text_is_nothing_else(case: Case) -> None:
    values: list[Any] = [7, True, {}, Decimal("1.5")]
    for value in values:
        assert refused(case, value) in {"TYPE_INVALID", *OF_MOMENTS, *OF_VALUES}


@cases("number", "integer")
def test_a_number_has_a_largest_and_a_smallest(case: Case) -> None:
    _, place = case
    whole = place.schema["type"] == "integer"
    step = 1 if whole else SMALLEST_STEP
    largest = place.schema["maximum"]
    assert parse(case, largest) == []
    above = place.schema.get("exclusiveMinimum")
    smallest = above + step if above is not None else place.schema["minimum"]
    assert parse(case, smallest) == []
    for value in (largest + step, smallest - step, largest + 10**30, -(10**30), Decimal("1E+999"), Decimal("-1E+9999")):
        assert refused(case, value).endswith("_INVALID"), value


@cases("number", "integer")
def test_a_number_is_exact_and_nothing_else(case: Case) -> None:
    values: list[Any] = [Decimal("1E-999"), Decimal("0." + "1" * 100), True, False, "one", [1]]
    for value in values:
        assert refused(case, value).endswith("_INVALID"), value


@cases("integer")
def test_a_string_of_digits_is_a_whole_number(case: Case) -> None:
    _, place = case
    assert parse(case, str(place.schema["maximum"])) == []
    assert refused(case, str(place.schema["maximum"] + 1)) == "VALUE_INVALID"
    for value in ("", " 1", "1 ", "+1", "-1", "01", "1.0", "1e0", "1_0", "NaN", "١", "9" * 900_000):
        assert refused(case, value) == "TYPE_INVALID", value


@cases("number")
def test_a_decimal_string_is_the_number_with_its_digits(case: Case) -> None:
    _, place = case
    within = [str(place.schema["maximum"]), "0.01", "1.000000", "1.00000000"]
    for value in within:
        assert parse(case, value) == [], value
    beyond = [f"{place.schema['maximum']}.01", f"-{place.schema['maximum']}.01", "0.00000000001", "9" * 900_000]
    malformed = ["", " 1", "1 ", "+1", "01", "1.", ".5", "1e0", "1E0", "0x1", "1_0", "1,5", "NaN", "Infinity", "١", "-"]
    for value in (*beyond, *malformed):
        assert refused(case, value) == refused(case, 10**30), value


@cases("array")
def test_a_list_has_a_longest_length(case: Case) -> None:
    _, place = case
    item = full_body(place.schema["items"], (*place.path, 0))
    # Several taxes have different names.
    items = [item | {"name": str(number)} if place.path[-1] == "taxes" else item for number in range(1000)]
    assert parse(case, items[: place.schema["maxItems"]]) == []
    assert refused(case, items[: place.schema["maxItems"] + 1]) == "TOO_MANY"
    if place.schema.get("minItems"):
        assert refused(case, []) == "TOO_FEW"
    else:
        assert parse(case, []) == []


def test_an_object_with_names_of_its_own_has_a_most_of_them() -> None:
    found = list(_objects())
    assert {case[1].name for case in found} == {*BY_LOCALE, "labels", "metadata", "rates", "texts_by_locale.key.labels"}
    for case in found:
        if "key" in case[1].path:
            continue  # an object of its own in a language, whose tag must be one
        most = case[1].schema["maxProperties"]
        if case[1].name == "rates":
            assert parse(case, dict.fromkeys(EXPONENTS, 1)) == []
            assert most == len(EXPONENTS)
        elif value := BY_LOCALE.get(case[1].name):
            tags = [f"{first}{second}" for first, second in product("abcdefgh", repeat=2)]
            assert parse(case, dict.fromkeys(tags[:most], value)) == []
            assert refused(case, dict.fromkeys(tags[: most + 1], value)) == "TOO_MANY"
        else:
            assert parse(case, many_keys(most, "x")) == []
            assert refused(case, many_keys(most + 1, "x")) == "TOO_MANY"


BY_LOCALE: Mapping[str, Any] = {"payment_instructions_by_locale": "x", "texts_by_locale": {"footer": "x"}}
"""Objects whose names are language tags, and a value of each."""


def _objects() -> Iterator[Case]:
    for model in MODELS:
        for place in places(schema_of(model)):
            if place.schema.get("type") == "object" and "properties" not in place.schema:
                yield model, place


@cases(of_key=True)
def test_a_name_of_its_own_has_a_longest_length(case: Case) -> None:
    _, place = case
    if place.path[-1] == "rates":
        assert parse(case, {"EURO": 1}) == [("rates.EURO", "CURRENCY_INVALID")]
        return
    if value := BY_LOCALE.get(str(place.path[-1])):
        tag = place.text(1000)[:101]
        assert parse(case, {tag: value}) == [(f"{place.path[-1]}.{tag[:100]}", "LOCALE_INVALID")]
        return
    longest = place.schema["maxLength"]
    assert parse(case, {"😀" * longest: "x"}) == []
    assert parse(case, {"k" * (longest + 1): "x"}) == [(f"{place.name}.{'k' * (longest + 1)}", "TOO_LONG")]
    assert parse(case, {"": "x"}) == [(f"{place.name}.", "TOO_SHORT")]
    # What is shown of a name that is far too long is cut.
    assert parse(case, {"k" * 900_000: "x"}) == [(f"{place.name}.{'k' * 100}", "TOO_LONG")]


def test_messages_of_whole_fields_and_bodies_are_our_own() -> None:
    given: list[Any] = [{"name": "Acme", "colour": "red"}, {}, [], {"name": ["Acme"]}]
    refused = []
    for value in given:
        with pytest.raises(ValidationFailed) as error:
            CreateCustomerInput.parse(value)
        refused.append(error.value.message)
    assert refused == [
        "colour is not a known field.",
        "name is required.",
        "The body must be an object.",
        "name must be a string.",
    ]


@pytest.mark.parametrize(
    ("model", "body", "says"),
    [
        (CreateInvoiceInput, {"invoice_number": "№ 1"}, "invoice_number must be 1 to 60 printable ASCII characters"),
        (CreateInvoiceInput, {"invoice_number": "1 "}, "without a space at either end."),
        (CreateCustomerInput, {"name": "Ada", "id": "1001"}, "id must be cust_ and 1 to 64 letters"),
        (BulkItem, {"idempotency_key": "a b"}, "idempotency_key must have visible ASCII characters only"),
    ],
)
def test_forms_are_said_in_words(model: type[RequestBody], body: Any, says: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        model.parse(body)
    assert any(says in detail.message and detail.code == "VALUE_INVALID" for detail in refused.value.details)
