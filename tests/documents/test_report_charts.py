"""Charts of reports: nothing runs, nothing is loaded, the same bytes twice, all figures as text."""

import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.api.outputs.report_files import ReportTable
from invoicing.domain.errors import InvalidRequest
from invoicing.exact_json import number
from invoicing_documents.report_charts import MOST_BARS
from invoicing_documents.report_files import report_file

HEAD = {"start_date": "2026-01-01", "end_date": "2026-03-31", "base_currency": "EUR", "interval": "month"}
SVG = "{http://www.w3.org/2000/svg}"


def revenue(*values: str, currency: str = "EUR", conversion: str | None = "converted") -> list[dict[str, Any]]:
    return [
        {"period": f"2026-{place:02}", "currency": currency, "conversion": conversion, "revenue": number(value)}
        for place, value in enumerate(values, 1)
    ]


def drawn(rows: list[dict[str, Any]], name: str = "revenue", **head: Any) -> ET.Element:
    return ET.fromstring(report_file("svg", ReportTable(name, HEAD | head, rows)))  # noqa: S314 - our own file


def bars(svg: ET.Element) -> list[list[tuple[int, int]]]:
    """Top and bottom of the parts of each bar."""
    found = [[_edges(rect) for rect in group.iter(f"{SVG}rect")] for group in svg.iter(f"{SVG}g")]
    return [parts for parts in found if parts]


def _edges(rect: ET.Element) -> tuple[int, int]:
    top = int(rect.get("y", ""))
    return top, top + int(rect.get("height", ""))


def said(svg: ET.Element) -> str:
    return svg.findtext(f"{SVG}desc") or ""


def test_a_chart_says_what_it_shows() -> None:
    svg = drawn(revenue("100.00", "-50.00", "1234.50"))
    assert svg.findtext(f"{SVG}title") == "Net revenue by month, 2026-01-01 to 2026-03-31, in EUR"
    assert said(svg) == "2026-01: 100.00; 2026-02: -50.00; 2026-03: 1,234.50"
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"2026-01", "1,234.50", "-50.00", "1,000", "0"} <= set(texts)


def test_bars_are_as_high_as_their_values_from_the_line_of_zero() -> None:
    ((first, second, third)) = [parts[0] for parts in bars(drawn(revenue("100", "-100", "200")))]
    assert first[1] == second[0] == third[1]
    assert abs((third[1] - third[0]) - 2 * (first[1] - first[0])) <= 1
    assert abs((second[1] - second[0]) - (first[1] - first[0])) <= 1


def test_nothing_runs_and_nothing_is_loaded() -> None:
    rows = revenue("1.00")
    rows[0]["period"] = '<script>alert("1")</script>'
    text = report_file("svg", ReportTable("revenue", HEAD, rows)).decode()
    assert "<script" not in text
    assert not re.search(r"\son\w+=|href|url\(|@import|<image|<foreignObject|data:", text)
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]


def test_the_same_figures_are_the_same_bytes() -> None:
    table = ReportTable("revenue", HEAD, revenue("1.00", "2.00"))
    assert report_file("svg", table) == report_file("svg", table)


def test_one_currency_is_shown_converted_where_there_is_that() -> None:
    rows = [*revenue("5.00", currency="USD", conversion=None), *revenue("9.00")]
    assert said(drawn(rows)) == "2026-01: 9.00"
    assert said(drawn(rows[:1])) == "2026-01: 5.00"


def test_ageing_has_its_five_ages() -> None:
    ages = {"current": "1.00", "days_1_30": "2.00", "days_31_60": "0.00", "days_61_90": "3.00", "days_over_90": "4.00"}
    row = {"currency": "EUR", "conversion": "converted"} | {name: number(value) for name, value in ages.items()}
    svg = drawn([row], "aging", as_of="2026-03-31")
    assert said(svg) == "not due: 1.00; 1–30 days: 2.00; 31–60 days: 0.00; 61–90 days: 3.00; 91+ days: 4.00"
    assert len(bars(svg)) == 4


def test_a_forecast_stacks_what_schedules_will_make() -> None:
    rows = [
        {"currency": of, "period": "2026-W10", "open": number("30.00"), "recurring": number("10.00")}
        for of in ("USD", "EUR")
    ]
    svg = drawn(rows, "forecast")
    ((below, above),) = bars(svg)
    assert below[0] == above[1]
    assert said(svg) == "2026-W10: open 30.00, recurring 10.00"
    assert "in EUR" in (svg.findtext(f"{SVG}title") or "")
    assert said(drawn([], "forecast")) == "Nothing."


def test_a_chart_has_so_many_bars_at_most() -> None:
    assert len(bars(drawn(revenue(*["1.00"] * MOST_BARS)))) == MOST_BARS
    with pytest.raises(InvalidRequest, match="longer interval"):
        drawn(revenue(*["1.00"] * (MOST_BARS + 1)))


@given(st.lists(st.decimals(-(10**13), 10**13, places=2), min_size=1, max_size=8))
def test_all_bars_are_within_the_chart(values: list[Decimal]) -> None:
    svg = drawn(revenue(*map(str, values)))
    lines = [int(line.get("y1", "")) for line in svg.iter(f"{SVG}line")]
    assert 2 <= len(lines) <= 8
    for ((top, bottom),) in bars(svg):
        assert min(lines) - 1 <= top < bottom <= max(lines) + 1


@pytest.mark.parametrize("amount", ["1200", "98000000000", "-999999999999999"])
def test_the_axis_has_room_for_its_amounts(amount: str) -> None:
    """An amount whose first digits are cut off is another amount."""
    svg = drawn(revenue(amount, currency="VND"))
    names = [each for each in svg if each.get("text-anchor") == "end"]
    assert min(int(each.get("x", "0")) - 7 * len(each.text or "") for each in names) >= 0
    assert int(next(each for each in svg if each.tag.endswith("line")).get("x1", "0")) < 200
