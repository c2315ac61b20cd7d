"""Whatever JSON is put into any place of any body: never a 5xx, and always an answer in the contract's form."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.schema_walk import full_body, places, schema_of, with_value
from tests.examples import examples
from tests.functions.business import BODIES, Business, apps, open_business

FILES = [file for file, app in apps().items() if app.body]
NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from([10**12, 10**15, 2**63])
WORDS = st.sampled_from(
    ["", "USD", "2024-02-30", "9999-12-31", "0001-01-01", "Net 999", "1.50", "cust_123", "{seq}", "\0", "*"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), inner, max_size=4),
    max_leaves=6,
)


@pytest.fixture
def business() -> Iterator[Business]:
    """One for each operation: what was made by thousands of requests would slow down all that follow."""
    with open_business() as business:
        yield business


@pytest.mark.parametrize("file", FILES)
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_json_breaks_an_operation(business: Business, file: str, data: st.DataObject) -> None:
    model: Any = apps()[file].body
    body = full_body(schema_of(model)) | BODIES[file]
    body.pop("terms", None)
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.sampled_from([place for place in places(schema_of(model)) if not place.of_key]))
        try:
            body = with_value(body, place.path, data.draw(ANYTHING))
        except (KeyError, IndexError, TypeError, AttributeError):
            break  # the first change took away what the second is in
    answer = business.ask(file, _sendable(body))
    assert answer.status < 500, answer.body
    if answer.status < 400 and answer.headers["Content-Type"] != "application/json":
        assert answer.body, "a document is answered as it is, not in the contract's envelope"
        return
    assert ("data" in answer.json) == (answer.status < 400)
    if answer.status == 207:
        assert max(result["status"] for result in answer.data["results"]) < 500


def _sendable(value: Any) -> Any:
    """The body as text: our own writer refuses integers beyond 64 bits, which clients can send."""
    marks: list[Decimal] = []

    def mark(number: Decimal) -> str:
        marks.append(number)
        return f"@{len(marks) - 1}@"

    text = json.dumps(value, default=mark)
    for index, number in enumerate(marks):
        text = text.replace(f'"@{index}@"', str(number))
    return text
