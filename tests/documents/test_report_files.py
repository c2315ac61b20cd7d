"""Spreadsheets of reports: typed cells, no formulas, no links, the same bytes twice."""

import re
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from invoicing.api.outputs.report_files import ReportTable
from invoicing.exact_json import number
from invoicing_documents.report_files import report_file

HEAD = {"start_date": "2026-01-01", "end_date": "2026-01-31", "base_currency": "EUR"}
BUILT_IN = {"0": "General", "1": "0", "3": "#,##0", "4": "#,##0.00"}
"""Codes of number formats that a file need not name, by their ids."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_of(*rows: dict[str, Any]) -> tuple[list[list[tuple[str, str, str]]], ZipFile]:
    """The cells of each row, as type, value and number format, and the file."""
    file = ZipFile(BytesIO(report_file("xlsx", ReportTable("summary", HEAD, rows))))
    strings = [
        "".join(part.text or "" for part in each.iter(f"{MAIN}t"))
        for each in _xml(file, "sharedStrings").iter(f"{MAIN}si")
    ]
    styles = _xml(file, "styles")
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in styles.iter(f"{MAIN}numFmt")}
    (formats,) = styles.iter(f"{MAIN}cellXfs")
    by_style = [(BUILT_IN | codes)[each.get("numFmtId", "")] for each in formats]

    def read(cell: ET.Element) -> tuple[str, str, str]:
        value = cell.findtext(f"{MAIN}v") or ""
        kind = cell.get("t", "n")
        return kind, strings[int(value)] if kind == "s" else value, by_style[int(cell.get("s", "0"))]

    return [[read(cell) for cell in row] for row in _xml(file, "worksheets/sheet1").iter(f"{MAIN}row")], file


def _xml(file: ZipFile, name: str) -> ET.Element:
    return ET.fromstring(file.read(f"xl/{name}.xml"))  # noqa: S314 - our own file


@pytest.mark.parametrize(
    "text",
    [
        "00123",
        "24952000000010910141",
        "=1+1",
        '=HYPERLINK("http://x","y")',
        "http://x.example",
        "+49 30 1",
        "@x",
        "1.5",
    ],
)
def test_texts_are_as_they_are_and_no_formulas_or_links(text: str) -> None:
    (_, [cell]), file = sheet_of({"customer_name": text})
    assert cell[:2] == ("s", text)
    sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert not re.search("<f>|<f |hyperlink", sheet)
    assert not any("rels" in name and "sheet1" in name for name in file.namelist())


@pytest.mark.parametrize(
    ("digits", "wanted"),
    [
        ("1234.50", "#,##0.00"),
        ("-16.99", "#,##0.00"),
        ("0.00", "#,##0.00"),
        ("1234", "#,##0"),
        ("12.345", "#,##0.000"),
        ("9999999999999.99", "#,##0.00"),
    ],
)
def test_amounts_are_numbers_with_the_decimals_of_their_currency(digits: str, wanted: str) -> None:
    (_, [(kind, value, code)]), _ = sheet_of({"revenue": number(digits)})
    assert (kind, Decimal(value), code) == ("n", Decimal(digits), wanted)


def test_what_a_number_of_a_spreadsheet_would_cut_is_text() -> None:
    (_, [cell]), _ = sheet_of({"revenue": number("12345678901234567.89")})
    assert cell[:2] == ("s", "12345678901234567.89")


def test_dates_are_dates_counts_are_whole_and_null_is_empty() -> None:
    (header, cells), _ = sheet_of({"start": "2026-01-31", "invoice_count": 3, "conversion": None})
    assert [cell[1] for cell in header] == ["start", "invoice_count", "conversion"]
    assert cells == [("n", "46053", "yyyy-mm-dd"), ("n", "3", "0")]


def test_the_same_report_is_the_same_file() -> None:
    table = ReportTable("tax", HEAD, [{"tax_rate": number("0.19"), "tax_name": "VAT"}])
    assert report_file("xlsx", table) == report_file("xlsx", table)


def test_a_report_of_nothing_is_a_sheet_with_the_names_of_its_columns() -> None:
    file = ZipFile(BytesIO(report_file("xlsx", ReportTable("forecast", HEAD, [], ["currency", "period"]))))
    assert len(list(_xml(file, "worksheets/sheet1").iter(f"{MAIN}row"))) == 1
