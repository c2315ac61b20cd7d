"""Credit notes with their lines, and the indexes of their lists."""

from dataclasses import fields
from fractions import Fraction
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.calendar import instant_text
from invoicing.domain.columns import rows_of
from invoicing.domain.credit_notes.credit_note import CreditLine, CreditNote
from invoicing.domain.invoices.particulars import NO_PARTICULARS
from invoicing.domain.templates.template import TemplateRef
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb import item_codec
from invoicing.storage.dynamodb.exchange_codec import exchange_from
from invoicing.storage.dynamodb.index import Index, Texts
from invoicing.storage.dynamodb.line_codec import group_values, line_columns, tax_breakdown, with_decimals
from invoicing.storage.dynamodb.particulars_codec import particulars_from, particulars_values
from invoicing.storage.dynamodb.party_codec import buyer_from, given_values, seller_from
from invoicing.storage.dynamodb.payable_codec import withholding_from
from invoicing.storage.dynamodb.record import LinedRecord, Listing
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

_FIELDS = tuple(field.name for field in fields(CreditNote) if field.name not in {"account", "id"})
_RARE: dict[str, Any] = {
    "charges_total": 0,
    "allowances_total": 0,
    "withholdings": (),
    "withheld_total": 0,
    "rounding_amount": 0,
    "purchase_order": None,
    "particulars": NO_PARTICULARS,
    "template": None,
}
"""Fields that are stored only where they have another value."""

_MEASURES = ("quantity", "amount", "percentage")


def credit_note_texts(note: CreditNote) -> Texts:
    """Return the fields of a credit note that lists filter or sort by."""
    return {
        "id": note.id,
        "customer_id": note.buyer.id,
        "invoice_id": note.invoice_id,
        "issue_date": note.issue_date.isoformat(),
        CREATED: instant_text(note.created_at),
    }


_CREATED: dict[str, Any] = {"range": "created", "field": CREATED}

CREDIT_NOTE_LISTING = Listing(
    indexes=(
        Index(name="by_created", partition="pk", **_CREATED),
        Index(name="by_issued", partition="pk", range="issued", field="issue_date"),
        Index(name="by_customer", partition="customer", within="customer_id", within_rank=1, **_CREATED),
        Index(name="by_invoice", partition="invoice", within="invoice_id", within_rank=0, **_CREATED),
    ),
    texts=credit_note_texts,
)


def credit_note_values(note: CreditNote) -> dict[str, Any]:
    """Return the fields of a credit note to pack."""
    columns = line_columns(CreditLine, note.lines)
    given = {name: column for name, column in columns.items() if name not in _MEASURES or set(column) != {None}}
    rare = {name: value for name, usual in _RARE.items() if (value := getattr(note, name)) != usual}
    if "particulars" in rare:
        rare["particulars"] = particulars_values(note.particulars)
    return (
        {name: getattr(note, name) for name in _FIELDS if name not in _RARE}
        | rare
        | {
            "lines": given,
            "tax_breakdown": group_values(note.tax_breakdown),
            "buyer": given_values(note.buyer),
            "seller": given_values(note.seller),
        }
    )


def credit_note_from(values: dict[str, Any]) -> CreditNote:
    """Read the credit note of an unpacked item."""
    return CreditNote(
        **values
        | item_codec.instants(values, "created_at", "sent_at", "voided_at")
        | item_codec.dates(values, "issue_date")
        | {
            "buyer": buyer_from(values["buyer"]),
            "seller": seller_from(values["seller"]),
            "exchange": exchange_from(values["exchange"]),
            "lines": _lines(values["lines"]) if values["lines"] else (),
            "tax_breakdown": tax_breakdown(values),
            "withholdings": tuple(map(withholding_from, values.get("withholdings", ()))),
            "particulars": particulars_from(values.get("particulars")),
            "template": TemplateRef(**values["template"]) if "template" in values else None,
        }
    )


def _lines(columns: dict[str, list[Any]]) -> tuple[CreditLine, ...]:
    measures = {name: columns.pop(name, [None] * len(columns["line_id"])) for name in _MEASURES}
    return rows_of(
        CreditLine,
        with_decimals(columns)
        | measures
        | {name: list(map(item_codec.decimal, measures[name])) for name in ("quantity", "percentage")}
        | {"share": list(map(Fraction, columns["share"]))},
    )


@stores(CreditNote)
class CreditNoteRecord(LinedRecord):
    """A credit note with its lines."""

    read = credit_note_from
    write = credit_note_values
    listing = CREDIT_NOTE_LISTING
    indexed = staticmethod(CREDIT_NOTE_LISTING.index_values)

    class Meta:
        table_name = TableName("credit_notes")

    created, issued, customer, invoice = (UnicodeAttribute(null=True) for _ in range(4))
