"""Exports, and the index of their list."""

from dataclasses import fields
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import Failure
from invoicing.domain.exports.export import Books, Export, ExportStatus, Part, Total
from invoicing.domain.exports.writing import Writing
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.record import Listing, ResourceRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def export_texts(export: Export) -> Texts:
    """Return the fields of an export that lists filter or sort by."""
    return {
        "id": export.id,
        "type": export.type,
        "status": str(export.status),
        CREATED: instant_text(export.created_at),
    }


EXPORT_LISTING = Listing(
    indexes=(Index(name="exports_by_created", partition="pk", range="exported", field=CREATED),),
    texts=export_texts,
)


def export_from(values: dict[str, Any]) -> Export:
    """Read the export of an unpacked item."""
    books = values["books"]
    return Export(
        **values
        | item_codec.instants(values, "as_of", "asked_at", "created_at", "updated_at", "started_at", "completed_at")
        | item_codec.dates(values, "start_date", "end_date")
        | {
            "status": ExportStatus(values["status"]),
            "writing": Writing(**values["writing"]),
            "books": Books(**books | item_codec.dates(books, "fiscal_year_start")) if books else None,
            "parts": tuple(Part(*each) for each in values["parts"]),
            "totals": tuple(Total(*each) for each in values["totals"]),
            "failure": Failure(**values["failure"]) if values["failure"] else None,
        }
    )


def export_values(export: Export) -> dict[str, Any]:
    """Return what is packed."""
    values = {each.name: getattr(export, each.name) for each in fields(export)}
    return values | {name: [list(each) for each in values[name]] for name in ("parts", "totals")}


@stores(Export)
class ExportRecord(ResourceRecord):
    """An export."""

    read = export_from
    write = export_values
    listing = EXPORT_LISTING
    indexed = staticmethod(EXPORT_LISTING.index_values)

    class Meta:
        table_name = TableName("jobs")

    exported = UnicodeAttribute(null=True)
