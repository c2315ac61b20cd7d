"""Imports, and the index of their list."""

from dataclasses import fields
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import Failure
from invoicing.domain.imports.data_import import Counts, Import, ImportStatus, RaisedSeries, Reading, RowWarning
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import Listing, ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def import_texts(data_import: Import) -> Texts:
    """Return the fields of an import that lists filter or sort by."""
    return {
        "id": data_import.id,
        "type": data_import.type,
        "status": str(data_import.status),
        CREATED: instant_text(data_import.created_at),
    }


IMPORT_LISTING = Listing(
    indexes=(Index(name="by_created", partition="pk", range="created", field=CREATED),), texts=import_texts
)


def import_from(values: dict[str, Any]) -> Import:
    """Read the import of an unpacked item."""
    return Import(
        **values
        | item_codec.instants(values, "created_at", "updated_at", "started_at", "completed_at")
        | {
            "status": ImportStatus(values["status"]),
            "reading": Reading(**values["reading"]),
            "counts": Counts(**values["counts"]),
            "warnings": tuple(RowWarning(*each) for each in values["warnings"]),
            "raised": tuple(RaisedSeries(*each) for each in values["raised"]),
            "failure": Failure(**values["failure"]) if values["failure"] else None,
        }
    )


def import_values(data_import: Import) -> dict[str, Any]:
    """Return what is packed."""
    values = {each.name: getattr(data_import, each.name) for each in fields(data_import)}
    return values | {name: [list(each) for each in values[name]] for name in ("warnings", "raised")}


@stores(Import)
class ImportRecord(ResourceRecord):
    """An import."""

    read = import_from
    write = import_values
    listing = IMPORT_LISTING
    indexed = staticmethod(IMPORT_LISTING.index_values)

    class Meta:
        table_name = TableName("jobs")

    created = UnicodeAttribute(null=True)
