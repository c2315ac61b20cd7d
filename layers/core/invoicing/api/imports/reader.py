"""Reader of rows (`invoicing.operations.imports._ports.ImportReader`)."""

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from invoicing import exact_json
from invoicing.api.csv_table import safe_text
from invoicing.api.imports.columns import Column, Fields, clashing, closed, join, put
from invoicing.api.inputs.customers import CreateCustomerInput, UpdateCustomerInput
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.imports.cells import is_number, unguarded, value_of
from invoicing.domain.imports.data_import import Import, ImportType
from invoicing.domain.imports.imported_invoice import ImportedInvoice
from invoicing.domain.imports.plan import Plan
from invoicing.domain.imports.records import cells_of, require_width
from invoicing.operations.customers.create_customer import NewCustomer
from invoicing.operations.imports._ports import FailedRow

ERROR_COLUMNS = ("error_line", "error_code", "error_field", "error_value", "error_message")
"""The columns that the file of errors has beside those of the import; an import passes over them."""

ERROR = "error"
"""What an object of the file of errors has besides its row; an import passes over it."""

HEAD, LINE = "invoice", "line"
"""The parts of a row of invoices: what all rows of one say alike, and the row's own line."""

_REQUIRED = {
    "customers": (),
    "invoices": ("invoice_number", "customer_id", "issue_date", "description", "quantity", "unit_price"),
}


class _Known(NamedTuple):
    """The columns of a type of import."""

    fields: Fields
    lines: Fields | None

    def column(self, name: str) -> Column | None:
        if self.lines is None:
            return self.fields.column(name)
        own = name.removeprefix(f"{HEAD}.")
        if own == name and (found := self.lines.column(name)):
            return Column((LINE, *found.path), found.kind)
        found = self.fields.column(own) if _is_of_head(own) else None
        return Column((HEAD, *found.path), found.kind) if found else None

    def names(self) -> list[str]:
        """Return the names of all columns, as an error lists them."""
        if self.lines is None:
            return list(self.fields.paths())
        lines = list(self.lines.paths())
        own = [name for name in self.fields.paths() if _is_of_head(name)]
        return [*(f"{HEAD}.{name}" if name in lines else name for name in own), *lines]


def _is_of_head(name: str) -> bool:
    """Whether a field of an invoice can be a column: its lines are rows, and what is issued is not sent again."""
    from invoicing.api.inputs.imported_invoices import NOT_IMPORTED  # noqa: PLC0415

    return re.split(r"[.\[]", name)[0] not in {*NOT_IMPORTED, "items"}


@cache
def _known(of: ImportType) -> _Known:
    if of == "customers":
        schema = CreateCustomerInput.model_json_schema()
        return _Known(Fields(schema, schema), None)
    from invoicing.api.inputs.imported_invoices import ImportedInvoiceInput  # noqa: PLC0415

    schema = ImportedInvoiceInput.model_json_schema()
    fields = Fields(schema, schema)
    return _Known(fields, fields.items("items"))


@cache
def _columns(of: ImportType, header: tuple[str, ...]) -> tuple[Column | None, ...]:
    """Return the column of each cell, None where it is passed over."""
    return tuple(None if name in ERROR_COLUMNS else _known(of).column(name) for name in header)


class ImportRows:
    """Reads rows with the models of the API's bodies."""

    def require_header(self, data_import: Import, header: Sequence[str]) -> None:
        """Raise `ValidationFailed` ``COLUMN_UNKNOWN``, ``COLUMN_REPEATED``, ``COLUMN_MISSING``."""
        known = _known(data_import.type)
        columns = {name: known.column(name) for name in header if name not in ERROR_COLUMNS}
        unknown = [name or "one without a name" for name, column in columns.items() if column is None]
        if unknown:
            names = ", ".join(known.names())
            raise _header(
                f"The header has unknown columns: {', '.join(unknown)}. Known are: {names}.", "COLUMN_UNKNOWN"
            )
        if repeated := sorted({name for name in header if header.count(name) > 1}):
            raise _header(f"The header has columns twice: {', '.join(repeated)}.", "COLUMN_REPEATED")
        if same := clashing({name: column.path for name, column in columns.items() if column}):
            raise _header(f"The header has columns that say the same: {', '.join(same)}.", "COLUMN_REPEATED")
        required = _REQUIRED[data_import.type]
        if missing := [name for name in required if name not in header and f"{HEAD}.{name}" not in header]:
            raise _header(f"The header lacks columns: {', '.join(missing)}.", "COLUMN_MISSING")

    def row(self, data_import: Import, plan: Plan, text: str) -> Mapping[str, Any]:
        """Return what a row says; `ValidationFailed` where that cannot be told."""
        return _json_row(text) if data_import.format == "jsonl" else _csv_row(data_import, plan, text)

    def identity(self, data_import: Import, row: Mapping[str, Any]) -> str | None:
        """Return what tells a customer or invoice from others, None where the row lacks it."""
        if data_import.type == "invoices":
            number = (row if data_import.format == "jsonl" else row[HEAD]).get("invoice_number")
            return number.strip() if isinstance(number, str) and number.strip() else None
        if "id" in row:
            return str(row["id"])
        return f"cust_{_hash(row)[:32]}"

    def content(self, row: Mapping[str, Any]) -> str:
        """Return what is the same for rows that say the same, however they are written."""
        return _hash(row)

    def customer(self, row: Mapping[str, Any]) -> NewCustomer:
        """Return a new customer; `ValidationFailed` as ``POST /customers``."""
        return CreateCustomerInput.parse(row).customer()

    def changes_of_customer(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the changes of a customer; `ValidationFailed` as ``PATCH /customers/{id}``."""
        return UpdateCustomerInput.parse(row).values()

    def invoice(self, data_import: Import, rows: Sequence[Mapping[str, Any]]) -> ImportedInvoice:
        """Return the invoice of all its rows; `ValidationFailed` as ``POST /invoices``, and ``ROWS_DIFFER``."""
        from invoicing.api.inputs.imported_invoices import ImportedInvoiceInput  # noqa: PLC0415

        body = rows[0] if data_import.format == "jsonl" else _joined(rows)
        return ImportedInvoiceInput.parse(body).imported(_hash(body))

    def errors_header(self, data_import: Import, plan: Plan) -> bytes:
        """Return what the file of errors begins with: the header of CSV, and a mark that it is UTF-8."""
        if data_import.format == "jsonl":
            return b""
        own = [name for name in plan.header if name not in ERROR_COLUMNS]
        return b"\xef\xbb\xbf" + _csv_line([*ERROR_COLUMNS, *own], plan)

    def errors_file(self, data_import: Import, plan: Plan, failed: Sequence[FailedRow]) -> bytes:
        """Return failed rows with what is wrong with each; corrected, they can be imported as they are."""
        write = _json_error if data_import.format == "jsonl" else _csv_error
        return b"".join(write(data_import, plan, each) for each in failed)


def _json_row(text: str) -> Mapping[str, Any]:
    try:
        row = exact_json.loads(text)
    except ValueError as error:
        raise ValidationFailed(Detail("", f"The row is not JSON: {error}.", "ROW_INVALID")) from None
    if not isinstance(row, dict):
        raise ValidationFailed(Detail("", "The row is not a JSON object.", "ROW_INVALID"))
    return {name: value for name, value in row.items() if name != ERROR}


def _csv_row(data_import: Import, plan: Plan, text: str) -> Mapping[str, Any]:
    cells = cells_of(text, plan.delimiter)
    require_width(cells, plan.header)
    body: dict[str, Any] = {} if data_import.type == "customers" else {HEAD: {}, LINE: {}}
    wrong: list[Detail] = []
    for name, column, cell in zip(plan.header, _columns(data_import.type, plan.header), cells, strict=True):
        if column is None:
            continue
        try:
            value = value_of(cell, column.kind, name, data_import.reading)
        except ValidationFailed as error:
            wrong += error.details
        else:
            if value is not None:
                put(body, column.path, value)
    if wrong:
        raise ValidationFailed(*wrong)
    found: Mapping[str, Any] = closed(body) if data_import.type == "customers" else {**body, LINE: closed(body[LINE])}
    return found


def _joined(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the body of an invoice; a cell that is empty says the same as the other rows."""
    head: dict[str, Any] = {}
    for row in rows:
        join(head, row[HEAD])
    return {**closed(head), "items": [row[LINE] for row in rows]}


def _csv_error(data_import: Import, plan: Plan, failed: FailedRow) -> bytes:
    columns = [column for column in _columns(data_import.type, plan.header) if column]
    try:
        cells = cells_of(failed.text, plan.delimiter)
        require_width(cells, plan.header)
    except ValidationFailed:
        own = [safe_text(failed.text), *("" for _ in columns[1:])]
    else:
        given = (cell for name, cell in zip(plan.header, cells, strict=True) if name not in ERROR_COLUMNS)
        own = [_safe_cell(cell, column) for cell, column in zip(given, columns, strict=True)]
    value = "" if failed.value is None else safe_text(str(failed.value))
    return _csv_line([failed.line, failed.code, failed.field, value, safe_text(failed.message), *own], plan)


def _safe_cell(cell: str, column: Column) -> str:
    """Return a cell as it was, but as a text for spreadsheets what is no number."""
    return cell if column.kind == "number" and is_number(cell) else safe_text(unguarded(cell))


def _json_error(_: Import, __: Plan, failed: FailedRow) -> bytes:
    about = {
        "line": failed.line,
        "code": failed.code,
        "field": failed.field,
        "value": failed.value,
        "message": failed.message,
    }
    try:
        row: Mapping[str, Any] = _json_row(failed.text)
    except ValidationFailed:
        row = {"text": failed.text}
    return exact_json.dumps({**row, ERROR: about}) + b"\n"


def _csv_line(cells: Sequence[Any], plan: Plan) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=plan.delimiter).writerow(cells)
    return text.getvalue().encode()


def _hash(row: Mapping[str, Any]) -> str:
    """Return the hash of what a row says, however it is written."""
    return hashlib.sha256(repr(_sorted(row)).encode()).hexdigest()


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [(name, _sorted(value[name])) for name in sorted(value)]
    return [_sorted(each) for each in value] if isinstance(value, list) else str(value)


def _header(message: str, code: str) -> ValidationFailed:
    return ValidationFailed(Detail("file", message, code))
