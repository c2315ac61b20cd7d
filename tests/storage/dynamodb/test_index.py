"""Range keys sort as the text, then the time of creation and the id, and are read as they were written."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.calendar import instant_text
from invoicing.storage.dynamodb.index import Index, index_values

INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2400, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda instant: instant - timedelta(microseconds=instant.microsecond % 1000)
)
OURS = st.integers(0, 2**128 - 1).map(lambda number: f"inv_{number:032x}")
OTHERS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
DUE = Index(name="by_due", partition="pk", range="due", field="due_date")
CREATED = Index(name="by_created", partition="pk", range="created", field="created_at")
ENTRIES = st.tuples(st.sampled_from(["2026-01-01", "2026-01-02"]), INSTANTS | st.just(datetime(2026, 1, 1, tzinfo=UTC)))


def keys(entry: tuple[str, datetime], identifier: str) -> dict[str, str]:
    texts: dict[str, str | None] = {"due_date": entry[0], "created_at": instant_text(entry[1]), "id": identifier}
    return index_values("acc_1", texts, (DUE, CREATED))


@given(first=ENTRIES, second=ENTRIES, identifiers=st.tuples(OURS, OURS) | st.tuples(OTHERS, OTHERS))
def test_keys_sort_by_text_time_and_id(
    first: tuple[str, datetime], second: tuple[str, datetime], identifiers: tuple[str, str]
) -> None:
    one, other = keys(first, identifiers[0]), keys(second, identifiers[1])
    assert (one["due"] < other["due"]) is ((*first, identifiers[0]) < (*second, identifiers[1]))
    assert (one["created"] < other["created"]) is ((first[1], identifiers[0]) < (second[1], identifiers[1]))


@given(entry=ENTRIES, identifier=OURS | OTHERS)
def test_texts_are_read_from_keys(entry: tuple[str, datetime], identifier: str) -> None:
    found, created = keys(entry, identifier), instant_text(entry[1])
    assert DUE.texts(found["due"], identifier) == {"due_date": entry[0], "created_at": created, "id": identifier}
    assert CREATED.texts(found["created"], identifier) == {"created_at": created, "id": identifier}


def test_the_end_of_a_key_is_short() -> None:
    found = keys(("2026-01-01", datetime(2026, 1, 1, tzinfo=UTC)), f"inv_{0:032x}")
    assert len(found["due"]) == 10 + 1 + 11 + 22
