"""Numbers read by the pattern of a series: exactly those that it writes, at their place."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.numbering.reading import read_number
from invoicing.domain.numbering.series import NumberRule
from invoicing.domain.numbering.settings import Reset

PATTERNS = [
    "INV-{year}-{seq:03}",
    "{seq}",
    "{year}/{month}/{seq:05}",
    "R{seq:04}.{year}",
    "A(1)+{month:02}{year}-{seq:02}",
]


@given(
    st.sampled_from(PATTERNS),
    st.sampled_from(["yearly", "monthly", "never"]),
    st.integers(1, 12),
    st.dates(date(1000, 1, 1), date(9998, 12, 31)),
    st.integers(1, 999_999),
)
def test_what_a_series_writes_is_read(pattern: str, reset: Reset, start: int, on: date, value: int) -> None:
    rule = NumberRule(pattern, reset, start)
    found = read_number(rule, rule.write(value, on))
    assert found is not None
    assert (found.period, found.value, found.following) == (rule.period_of(on), value, rule.write(value + 1, on))


@pytest.mark.parametrize(
    "number",
    ["INV-2026-1", "INV-2026-000", "INV-26-001", "inv-2026-001", "INV-2026-0001", "INV-2026-001 ", "XINV-2026-001"],
)
def test_what_it_would_not_write_is_not(number: str) -> None:
    assert read_number(NumberRule("INV-{year}-{seq:03}"), number) is None
