"""View logs of invoices, each beside its invoice."""

from datetime import datetime
from typing import Any

from invoicing.domain.invoices.views import InvoiceViews, View
from invoicing.storage.dynamodb.record import DocumentRecord
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


def invoice_views_from(values: dict[str, Any]) -> InvoiceViews:
    """Read the log of an unpacked item."""
    views = (View(datetime.fromisoformat(at), *others) for at, *others in values["views"])
    return InvoiceViews(**values | {"views": tuple(views)})


def invoice_views_values(log: InvoiceViews) -> dict[str, Any]:
    """Return the fields of a log to pack, each view as a row."""
    return {"account": log.account, "id": log.id, "version": log.version, "views": [list(each) for each in log.views]}


@stores(InvoiceViews)
class InvoiceViewsRecord(DocumentRecord):
    """The view log of an invoice."""

    read = invoice_views_from
    write = invoice_views_values

    class Meta:
        table_name = TableName("invoices")

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"views#{identifier}"
