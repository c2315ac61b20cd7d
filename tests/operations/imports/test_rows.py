"""Rows as other systems write them: none is lost, and no invoice is imported without one of its rows."""

import pytest

from tests.fakes import FakeStore
from tests.operations.imports.importing import Importing, counted
from tests.operations.imports.test_imported_invoices import HEADER, a_row, invoices, run, table

OWN = HEADER.replace("invoice_number", "invoice.invoice_number")
BAD_QUOTES = a_row("A-7").replace("Work", '"W"ork"x')


@pytest.mark.parametrize(
    ("header", "wrong", "code"),
    [
        (OWN, a_row("A-7", quantity="many"), "AMOUNT_INVALID"),
        (HEADER, BAD_QUOTES, "ROW_INVALID"),
        (HEADER, a_row("A-7") + ",more", "ROW_INVALID"),
        (HEADER, "more," + a_row("A-7"), "ROW_INVALID"),
        (HEADER, a_row("A-7").removesuffix(",0.2"), "ROW_INVALID"),
        (HEADER, '"A-7",' + "x" * 140_000, "ROW_INVALID"),
        (HEADER, a_row("A-7").replace("Work", '"not closed'), "FILE_UNREADABLE"),
    ],
)
def test_no_invoice_is_imported_without_a_row_that_cannot_be_read(
    importing: Importing, store: FakeStore, header: str, wrong: str, code: str
) -> None:
    ended = run(importing, a_row("A-7"), a_row("A-8"), wrong, header=header)
    if code == "FILE_UNREADABLE":
        assert (ended.failure and ended.failure.code, invoices(store)) == (code, {})
        return
    assert (counted(ended), list(invoices(store))) == ((1, 0, 0, 2), ["A-8"])
    assert [row["error_code"] for row in importing.errors(ended)] == ["OTHER_ROW_FAILED", code]


def test_a_row_that_may_belong_to_several_invoices_stops_them_all(importing: Importing, store: FakeStore) -> None:
    swallowing = a_row("A-7").replace("Work", '"not closed')
    swallowed = a_row("A-8").replace("Work", '"Work"')
    ended = run(importing, a_row("A-9"), swallowing, swallowed, a_row("A-7"), a_row("A-8"))
    assert (counted(ended), list(invoices(store))) == ((1, 0, 0, 3), ["A-9"])


def test_a_number_with_an_apostrophe_before_it_is_the_same(importing: Importing, store: FakeStore) -> None:
    ended = run(importing, a_row("'-12"), a_row("'-12", quantity="many"))
    assert (counted(ended), invoices(store)) == ((0, 0, 0, 2), {})


def test_quotes_within_a_cell_open_none(importing: Importing, store: FakeStore) -> None:
    pipes = [a_row(number).replace("Work", f'{inches}" pipe') for number, inches in (("A-7", 5), ("A-8", 6))]
    assert counted(run(importing, pipes[0], a_row("A-8"), pipes[1])) == (3, 0, 0, 0)
    assert [line.description for line in invoices(store)["A-8"].lines] == ["Work", '6" pipe']


def test_rows_of_an_invoice_add_to_its_own_fields(importing: Importing, store: FakeStore) -> None:
    header = HEADER + ",metadata.a,metadata.b,custom_fields[0].name,custom_fields[0].value"
    rows = (a_row("A-7") + ",1,,Lot,", a_row("A-7") + ",,2,,7", a_row("A-8") + ",1,,,", a_row("A-8") + ",2,,,")
    ended = run(importing, *rows, header=header)
    assert counted(ended) == (2, 0, 0, 2)
    found = invoices(store)["A-7"]
    assert found.metadata == {"a": "1", "b": "2"}
    assert [(each.name, each.value) for each in found.particulars.custom_fields] == [("Lot", "7")]
    assert [(row["error_code"], row["error_field"]) for row in importing.errors(ended)] == [
        ("ROWS_DIFFER", "metadata.a"),
        ("OTHER_ROW_FAILED", ""),
    ]


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ("discount,discount.type", "discount, discount.type"),
        ("invoice.customer_id", "customer_id, invoice.customer_id"),
        ("metadata.a,payments[0].amount,payments[00].amount", "payments[00].amount, payments[0].amount"),
    ],
)
def test_columns_that_say_the_same_are_refused(importing: Importing, columns: str, named: str) -> None:
    ended = run(importing, a_row("A-7"), header=f"{HEADER},{columns}")
    assert ended.failure
    assert (ended.failure.code, named in ended.failure.message) == ("COLUMN_REPEATED", True)


def test_an_object_of_json_is_an_invoice_whatever_its_members(importing: Importing, store: FakeStore) -> None:
    rows = '{"invoice": 5, "invoice_number": "A-7"}\n{"invoice": {"invoice_number": "A-8"}, "line": {}}\n'
    ended = importing.run(rows, "invoices", format="jsonl")
    assert (counted(ended), invoices(store)) == ((0, 0, 0, 2), {})
    assert "invoice is not a known field" in importing.errors(ended)[0]["error"]["message"]


def test_errors_name_the_payment(importing: Importing) -> None:
    header = HEADER + ",payments[0].amount,payments[0].payment_date,payments[1].amount,payments[1].payment_date"
    rows = (a_row("A-7") + ",60,2026-04-01,80,2026-04-02", a_row("A-8") + ",60,2026-04-01,60,2999-01-01")
    errors = importing.errors(run(importing, *rows, header=header))
    assert [row["error_field"] for row in errors] == ["payments[1].amount", "payments[1].payment_date"]


def test_rows_that_say_the_same_are_the_same_however_they_are_written(importing: Importing) -> None:
    assert counted(importing.run('id,name\ncust_a,Ada\ncust_a,"Ada"\ncust_a,\'Ada\n')) == (1, 0, 1, 1)
    assert counted(importing.run('name\nAda\n"Ada"\n')) == (1, 0, 1, 0)
    rows = '{"id": "cust_b", "name": "Bo"}\n{"name": "Bo", "id": "cust_b"}\n'
    assert counted(importing.run(rows, format="jsonl")) == (1, 0, 1, 0)


def test_rows_of_empty_cells_are_passed_over(importing: Importing) -> None:
    assert counted(importing.run('id;name\r\ncust_a;Ada\r\n;\r\n ; \r\n"";""\r\n;;;\r\n')) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        ("id,name,\ncust_a,Ada,\n", "COLUMN_UNKNOWN", "columns: one without a name"),
        ("id,name\rcust_a,Ada\r", "FILE_UNREADABLE", "lines end with CR alone"),
        ("id,name\n".encode("utf-16"), "ENCODING_INVALID", "not UTF-8 but UTF-16; save it as UTF-8"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(importing: Importing, data: str | bytes, code: str, says: str) -> None:
    ended = importing.run(data)
    assert ended.failure
    assert (ended.failure.code, says in ended.failure.message) == (code, True)


@pytest.mark.parametrize("cell", ["'=Ada", "=Ada", "''=Ada", "'Ada", "-1"])
def test_the_file_of_errors_says_what_the_file_said(importing: Importing, cell: str) -> None:
    ended = importing.run(f"id,name,email\ncust_a,{cell},nobody\n")
    content = importing.objects.kept[ended.errors].decode("utf-8-sig")
    assert counted(importing.run(content.replace(",nobody\r\n", ",\r\n"))) == (1, 0, 0, 0)
    assert counted(importing.run(f"id,name\ncust_a,{cell}\n")) == (0, 0, 1, 0)


def test_a_text_among_numbers_is_no_formula_in_the_file_of_errors(importing: Importing) -> None:
    ended = run(importing, a_row("A-7", quantity="=1+1", price="-1"))
    assert [(row["quantity"], row["unit_price"]) for row in importing.errors(ended)] == [("'=1+1", "-1")]


@pytest.mark.parametrize("price", ["0.500", "00.500", "01.000,00"])
def test_points_stand_between_thousands_only(importing: Importing, price: str) -> None:
    row = a_row("A-7", price).replace(",", ";").replace(price.replace(",", ";"), price).replace("0.2", "0,2")
    ended = importing.run(table(row, header=HEADER.replace(",", ";")), "invoices", decimal=",")
    assert [each["error_field"] for each in importing.errors(ended, ";")] == ["unit_price"]
