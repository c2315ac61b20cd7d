"""What imports need from outside."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from invoicing.dataclass import dataclass
from invoicing.domain.imports.data_import import Import
from invoicing.domain.imports.imported_invoice import ImportedInvoice
from invoicing.domain.imports.plan import Plan
from invoicing.operations.customers.create_customer import NewCustomer
from invoicing.operations.imports._store import ImportStore
from invoicing.operations.unit_of_work.ports import DueWorkQueue, RealTime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRow:
    """A row that was not imported, with its ``text`` as it is in the file."""

    line: int
    text: str
    code: str
    field: str
    value: Any
    message: str


class ImportReader(Protocol):
    """Reads rows as the API reads bodies of requests."""

    def require_header(self, data_import: Import, header: Sequence[str]) -> None:
        """Raise `ValidationFailed` ``COLUMN_UNKNOWN``, ``COLUMN_REPEATED``, ``COLUMN_MISSING``."""

    def row(self, data_import: Import, plan: Plan, text: str) -> Mapping[str, Any]:
        """Return what a row says, as a body; `ValidationFailed` where that cannot be told."""

    def identity(self, data_import: Import, row: Mapping[str, Any]) -> str | None:
        """Return what tells a customer or invoice from others, None where the row lacks it."""

    def content(self, row: Mapping[str, Any]) -> str:
        """Return what is the same for rows that say the same, however they are written."""

    def customer(self, row: Mapping[str, Any]) -> NewCustomer:
        """Return a new customer; `ValidationFailed` as ``POST /customers``."""

    def changes_of_customer(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the changes of a customer; `ValidationFailed` as ``PATCH /customers/{id}``."""

    def invoice(self, data_import: Import, rows: Sequence[Mapping[str, Any]]) -> ImportedInvoice:
        """Return the invoice of all its rows; `ValidationFailed` as ``POST /invoices``, and ``ROWS_DIFFER``."""

    def errors_file(self, data_import: Import, plan: Plan, failed: Sequence[FailedRow]) -> bytes:
        """Return failed rows as the file of errors has them."""

    def errors_header(self, data_import: Import, plan: Plan) -> bytes:
        """Return what the file of errors begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPorts:
    """What imports need from outside."""

    objects: ImportStore
    reader: ImportReader
    queue: DueWorkQueue
    real_time: RealTime
