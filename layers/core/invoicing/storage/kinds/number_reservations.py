"""Reserved numbers; they share their table with the invoices."""

from datetime import date
from typing import Any

from pynamodb.attributes import UnicodeAttribute

from invoicing.domain.numbering.audit import AssignedNumber
from invoicing.domain.numbering.series import NumberReservation
from invoicing.operations.lists.sort_texts import HIGHEST
from invoicing.storage.dynamodb.index import SEPARATOR
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

_PREFIX = "number#"
_OWN = "~"
"""Stands for the series of clients' own numbers; it sorts after all series."""

_DIGITS = 10
"""Of a value in a place, so that values are in order; a series counts to 1,000,000,000."""


@stores(NumberReservation)
class NumberReservationRecord(Record):
    """A reserved number.

    ``place`` is series, period, value and issue date, or that of own numbers: the index ``by_number`` has the numbers
    in the order of an audit.
    """

    class Meta:
        table_name = TableName("invoices")

    # Only invoices have the first: lists of invoices read them by it, in the order of their numbers.
    invoice_id, credit_note_id = (UnicodeAttribute(null=True) for _ in range(2))
    place = UnicodeAttribute()

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"{_PREFIX}{identifier}"

    @classmethod
    def values(cls, entity: NumberReservation) -> dict[str, Any]:
        pk, sk = cls.key(entity.account, entity.id)
        owner = f"{entity.document_type}_id"
        return {"pk": pk, "sk": sk, "version": entity.version, "place": _place_of(entity), owner: entity.taken_by}

    def entity(self) -> NumberReservation:
        found = assigned_number(self.sk, self.place)
        is_invoice = self.invoice_id is not None
        taken_by: Any = self.invoice_id if is_invoice else self.credit_note_id
        return NumberReservation(
            account=self.pk,
            id=found.number,
            version=int(self.version),
            document_type="invoice" if is_invoice else "credit_note",
            taken_by=taken_by,
            series=found.series,
            period=found.period,
            value=None if found.period is None else found.value,
            issue_date=found.issue_date,
        )


def assigned_number(sk: str, place: str) -> AssignedNumber:
    """Read a number from the keys of its item."""
    number = sk.removeprefix(_PREFIX)
    series, *rest = place.split(SEPARATOR)
    if series == _OWN:
        return AssignedNumber(None, None, 0, number, None)
    period, value, on = rest
    return AssignedNumber(series, period, int(value), number, date.fromisoformat(on) if on else None)


def range_of_places(within: tuple[str, ...], after: AssignedNumber | None) -> tuple[str, str]:
    """Return the lowest and highest place of the numbers after one, of a series or a period of it, or of all."""
    low, high = ("".join(each + SEPARATOR for each in within), HIGHEST)
    if within:
        high = low + HIGHEST
    if after is not None:
        parts = (_OWN, after.number) if after.series is None else (after.series, after.period, _digits(after.value))
        low = max(low, SEPARATOR.join((*parts, HIGHEST)))
    return low or "\0", high


def _place_of(entity: NumberReservation) -> str:
    if entity.series is None or entity.period is None:
        return SEPARATOR.join((_OWN, entity.id))
    on = entity.issue_date.isoformat() if entity.issue_date else ""
    return SEPARATOR.join((entity.series, entity.period, _digits(entity.value or 0), on))


def _digits(value: int) -> str:
    return str(value).zfill(_DIGITS)
