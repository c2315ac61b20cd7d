"""Tables as a spreadsheet program opens them: numbers are numbers, dates are dates, and no text is run.

`apt-get install --no-install-recommends libreoffice-calc-nogui` has the program; without it, this is skipped.
"""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from invoicing.api.csv_table import csv_response, safe_text
from invoicing.api.exports.columns import columns_of, header, line
from invoicing.api.outputs.report_files import ReportTable
from invoicing.domain.exports.writing import Writing
from invoicing.exact_json import number
from invoicing_documents.report_files import report_file

OFFICE = shutil.which("soffice")
pytestmark = [pytest.mark.nightly, pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")]

PLAIN, GERMAN = Writing(), Writing(bom=True, delimiter=";", decimal=",")
FILTERS = {PLAIN: "CSV:44,34,76,1,,1033,false,true", GERMAN: "CSV:59,34,76,1,,1031,false,true"}
"""How CSV is opened: delimiter, quote, UTF-8, first line, language, and numbers and dates by their look."""

TEXTS = (
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "-20 % off",
    "+49 30 1",
    "@x",
    "\t=1",
    'Käufer; "A", B',
    "http://x.example",
)
ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE_NS, TEXT_NS = f"{ODF}table:1.0}}", f"{ODF}office:1.0}}", f"{ODF}text:1.0}}"


class Cell(NamedTuple):
    """A cell as the program has it: its type, its value, and the formula that it would run."""

    type: str
    value: str
    formula: str | None = None


def opened(folder: Path, name: str, content: bytes, read_as: str | None = None) -> list[list[Cell]]:
    """The cells with anything in them of a file that LibreOffice has opened."""
    (folder / name).write_bytes(content)
    command = [str(OFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += [f"--infilter={read_as}"] if read_as else []
    command += ["--convert-to", "fods", "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - our own file
    tree = ET.parse((folder / name).with_suffix(".fods"))  # noqa: S314 - of our own file
    assert not list(tree.iter(f"{TEXT_NS}a")), "there are links"
    rows = ([_cell(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in tree.iter(f"{TABLE}table-row"))
    filled = ([cell for cell in row if cell.type] for row in rows)
    return [row for row in filled if row]


def _cell(cell: ET.Element) -> Cell:
    kind = cell.get(f"{OFFICE_NS}value-type", "")
    attribute = {"float": "value", "date": "date-value"}.get(kind)
    text = "\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT_NS}p"))
    return Cell(kind, cell.get(f"{OFFICE_NS}{attribute}", "") if attribute else text, cell.get(f"{TABLE}formula"))


REPORT = ReportTable(
    "customers",
    {"start_date": "2026-01-01", "end_date": "2026-03-31", "base_currency": "EUR"},
    [
        {
            "customer_name": text,
            "start_date": "2026-03-31",
            "count": 3,
            "net": number("-16.99"),
            "all": number("1234.50"),
        }
        for text in TEXTS
    ],
)
VALUES = [Cell("date", "2026-03-31"), Cell("float", "3"), Cell("float", "-16.99"), Cell("float", "1234.5")]


def _shown(text: str) -> str:
    """A tab is no text of the format, which has an element for it."""
    return text.replace("\t", "")


@pytest.mark.parametrize("writing", [PLAIN, GERMAN])
def test_a_report_as_csv(tmp_path: Path, writing: Writing) -> None:
    content = csv_response("report.csv", list(REPORT.rows[0]), REPORT.rows, writing).body
    head, *rows = opened(tmp_path, "report.csv", content, FILTERS[writing])
    assert [cell.value for cell in head] == list(REPORT.rows[0])
    assert rows == [[Cell("string", _shown(safe_text(text))), *VALUES] for text in TEXTS]


def test_a_report_as_a_spreadsheet(tmp_path: Path) -> None:
    digits = ("00123", "24952000000010910141")
    rows = [*REPORT.rows, *({**REPORT.rows[0], "customer_name": text} for text in digits)]
    _, *found = opened(tmp_path, "report.xlsx", report_file("xlsx", ReportTable("customers", REPORT.head, rows)))
    assert found == [[Cell("string", _shown(text)), *VALUES] for text in (*TEXTS, *digits)]


@pytest.mark.parametrize("writing", [PLAIN, GERMAN])
def test_an_export_as_csv(tmp_path: Path, writing: Writing) -> None:
    columns = [each for each in columns_of("payments") if each.name in {"reference", "payment_date", "amount"}]
    rows = [{"reference": text, "payment_date": "2026-03-31", "amount": number("-1234.50")} for text in TEXTS]
    content = header(columns, writing) + b"".join(line(columns, writing, row) for row in rows)
    head, *found = opened(tmp_path, "export.csv", content, FILTERS[writing])
    values = {"payment_date": Cell("date", "2026-03-31"), "amount": Cell("float", "-1234.5")}
    names = [cell.value for cell in head]
    assert sorted(names) == ["amount", "payment_date", "reference"]
    texts = [Cell("string", _shown(safe_text(text))) for text in TEXTS]
    assert found == [[values.get(name, text) for name in names] for text in texts]
