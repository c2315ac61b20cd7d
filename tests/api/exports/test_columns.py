"""Cells of exported tables."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from invoicing.api.exports.columns import COLUMNS, Column, columns_of, header, line
from invoicing.api.outputs.credit_notes import CreditNoteOutput
from invoicing.api.outputs.customers import CustomerOutput
from invoicing.api.outputs.events import EventOutput
from invoicing.api.outputs.invoices import InvoiceOutput
from invoicing.api.outputs.ledger import LedgerEntryOutput
from invoicing.api.outputs.lines import LineOutput
from invoicing.api.outputs.payments import PaymentOutput
from invoicing.domain.exports.writing import Writing
from invoicing.domain.imports.cells import Kind, value_of
from invoicing.domain.imports.data_import import Reading
from invoicing.exact_json import number

TEXT, NUMBER = Column("text", ("text",), "text"), Column("amount", ("amount",), "number")
OUTPUTS: dict[str, Any] = {
    "invoices": InvoiceOutput,
    "lines": LineOutput,
    "credit_notes": CreditNoteOutput,
    "payments": PaymentOutput,
    "customers": CustomerOutput,
    "ledger": LedgerEntryOutput,
    "events": EventOutput,
}
OWN = {"lines": {"invoice_id", "invoice_number", "issue_date", "customer_id", "customer_name", "currency", "status"}}
OWN |= {"ledger": {"customer_id"}}


def kinds_at(schema: Any, path: tuple[str, ...], definitions: Any) -> set[str]:
    """The JSON types of a field."""
    if "$ref" in schema:
        return kinds_at(definitions[schema["$ref"].rpartition("/")[2]], path, definitions)
    if "anyOf" in schema:
        return {kind for each in schema["anyOf"] for kind in kinds_at(each, path, definitions)}
    if not path:
        return {schema["type"]}
    properties = schema.get("properties", {})
    return kinds_at(properties[path[0]], path[1:], definitions) if path[0] in properties else set()


@pytest.mark.parametrize("of", OUTPUTS)
def test_columns_are_fields_of_the_api_and_of_their_types(of: str) -> None:
    schema = TypeAdapter(OUTPUTS[of]).json_schema()
    for column in columns_of(of):
        if column.name in OWN.get(of, set()):
            continue
        found = kinds_at(schema, column.path, schema.get("$defs", {})) - {"null"}
        wanted = {"text": [{"string"}], "number": [{"number", "string"}, {"integer"}]}
        assert found in wanted.get(column.kind, [{"boolean"}, {"array"}, {"object"}]), column.name


def test_no_column_is_there_twice() -> None:
    for names in COLUMNS.values():
        assert len(set(names.split())) == len(names.split())


def cells(writing: Writing, **values: object) -> str:
    return line((TEXT, NUMBER), writing, values).decode()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'),
        ("-20 % Aktion", "'-20 % Aktion"),
        ("+49 30 1", "'+49 30 1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", '"\'\rx"'),
        ("a;b", "a;b"),
        ("a,b", '"a,b"'),
        ("two\nlines", '"two\nlines"'),
        ("00123", "00123"),
        ("-16.99", "'-16.99"),
    ],
)
def test_texts_by_the_type_of_their_column(text: str, cell: str) -> None:
    assert cells(Writing(), text=text, amount=number("-16.99")) == f"{cell},-16.99\r\n"


def test_the_choice_of_a_german_spreadsheet() -> None:
    german = Writing(bom=True, delimiter=";", decimal=",")
    assert header((TEXT, NUMBER), german) == b"\xef\xbb\xbftext;amount\r\n"
    assert cells(german, text="a;b", amount=number("1234.50")) == '"a;b";"1234,50"\r\n'
    assert cells(german, text=None, amount=7) == ";7\r\n"
    assert cells(Writing(delimiter="\t"), text="a,b", amount=None) == "a,b\t\r\n"


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([".", ","]),
)
def test_reading_back_gives_the_same_values(text: str, amount: Any, delimiter: Any, decimal: Any) -> None:
    writing = Writing(delimiter=delimiter, decimal=decimal)
    written = cells(writing, text=text, amount=amount)
    ((first, second),) = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
    reading, of_text, of_number = Reading(decimal=decimal), "text", "number"
    kinds: list[Kind] = [of_text, of_number]  # type: ignore[list-item]
    assert value_of(first, kinds[0], "text", reading) == (text if text.strip() else None)
    assert value_of(second, kinds[1], "amount", reading) == f"{amount:f}"
