"""A customer's row."""

from collections.abc import Mapping
from typing import Any

from invoicing.domain.imports.data_import import Import
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.create_customer import create_customer
from invoicing.operations.customers.update_customer import update_customer
from invoicing.operations.imports._ports import ImportReader
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def take_customer(uow: UnitOfWork, data_import: Import, row: Mapping[str, Any], reader: ImportReader) -> str:
    """Create the customer, or update the one with the row's own id; return what the row counts as.

    A row without an id has one that is made of its content, so that it is there once, however often it is imported.
    Errors as `create_customer` and `update_customer`.
    """
    identifier = reader.identity(data_import, row)
    if identifier is None:
        raise LookupError("a customer's row has an identity")
    before = uow.find(Customer, identifier)
    if before is None:
        mark = ImportMark(data_import.id, "created")
        create_customer(uow, reader.customer({**row, "id": identifier}), page_url=data_import.page_url, mark=mark)
        return "created"
    if before.import_mark and before.import_mark.import_id == data_import.id:
        return before.import_mark.outcome
    if "id" not in row:
        return "skipped"
    changes = reader.changes_of_customer({name: value for name, value in row.items() if name != "id"})
    mark = ImportMark(data_import.id, "updated")
    after = update_customer(uow, identifier, changes, page_url=data_import.page_url, mark=mark)
    return "skipped" if after is before else "updated"
