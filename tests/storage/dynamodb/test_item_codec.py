"""Documents are packed with a dictionary of what they have in common, and lines apart from the rest."""

import zlib
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pynamodb.attributes import BinaryAttribute

from invoicing.domain.invoices.invoice import Invoice
from invoicing.operations.lists.query import Condition, ListQuery
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds import FILES, record_of
from invoicing.storage.kinds.invoices import InvoiceRecord
from invoicing.storage.store import DynamoStore
from tests.builders import a_line, a_new_invoice, an_issued_invoice
from tests.storage.conftest import EVENTS_KEPT
from tests.storage.listing import many_alike, put
from tests.structure.test_kinds import class_of
from tools import item_dictionary
from tools.item_dictionary import FILE, dictionary, written
from tools.item_samples import samples

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
)


def test_the_dictionary_is_what_the_tool_makes_now() -> None:
    assert FILE.read_text() == written(dictionary()), "run python -m tools.item_dictionary"


def test_the_samples_are_of_what_is_packed() -> None:
    """Not of every kind: one that few items are of would only take room from others."""
    records = map(record_of, map(class_of, FILES))
    packed = {record for record in records if BinaryAttribute in map(type, record.get_attributes().values())}
    assert {record_of(type(sample)) for sample in samples()} <= packed


def test_a_dictionary_that_would_not_be_used_as_a_whole_is_refused() -> None:
    with patch.object(item_dictionary, "MOST_BYTES", 1000), pytest.raises(ValueError, match="leave out a sample"):
        dictionary()


@given(value=st.dictionaries(st.text(), JSON))
def test_what_is_packed_is_unpacked(value: dict[str, Any]) -> None:
    assert item_codec.unpack(item_codec.pack(value)) == value


@pytest.mark.parametrize("length", [item_codec.LARGE - 20, item_codec.LARGE, item_codec.LARGE * 9])
def test_large_documents_are_packed_too(length: int) -> None:
    value = {"notes": "Überweisung " * (length // 12)}
    packed = item_codec.pack(value)
    assert item_codec.unpack(packed) == value
    assert len(packed) < length / 20


def test_a_plain_document_costs_little_more_than_its_values() -> None:
    invoice = an_issued_invoice()
    item = InvoiceRecord.of(invoice)
    plain = len(zlib.compress(orjson.dumps(InvoiceRecord.write(invoice), default=str)))
    assert len(item["document"]["B"]) + len(item["lines"]["B"]) < 0.65 * plain


def test_without_its_lines_a_document_is_what_it_was_otherwise() -> None:
    invoice = an_issued_invoice(a_new_invoice(a_line("1.50", "9.990"), a_line("2", "3")))
    item = InvoiceRecord.of(invoice)
    assert InvoiceRecord.entity_of(item) == invoice
    del item["lines"]
    read = InvoiceRecord.entity_of(item)
    assert (read.lines, read.total, read.tax_breakdown) == ((), invoice.total, invoice.tax_breakdown)


@pytest.mark.parametrize(("with_lines", "unpacked"), [(True, 40), (False, 20)])
@pytest.mark.parametrize("looked_for", [False, True])
def test_a_list_that_shows_no_lines_does_not_unpack_them(
    database: Database, account: str, *, with_lines: bool, looked_for: bool, unpacked: int
) -> None:
    put(database, many_alike(account, 20))
    # What is looked for has its candidates read.
    conditions = [Condition(name, "eq", (value,)) for name, value in (("status", "overdue"), ("currency", "USD"))]
    query = ListQuery(conditions=tuple(conditions[: 2 if looked_for else 0]), with_lines=with_lines)
    with patch.object(item_codec, "unpack", wraps=item_codec.unpack) as unpack:
        page = DynamoStore(database, EVENTS_KEPT).page_of(Invoice, account, query)
    assert (len(page.items), unpack.call_count) == (20, unpacked)
    assert {bool(invoice.lines) for invoice in page.items} == {with_lines}
