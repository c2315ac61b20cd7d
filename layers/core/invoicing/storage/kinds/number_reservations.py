"""Reserved numbers; they share their table with the invoices."""

from typing import Any, Self

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from invoicing.domain.numbering.series import NumberReservation
from invoicing.storage.dynamodb.record import Record
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores


@stores(NumberReservation)
class NumberReservationRecord(Record):
    """A reserved number."""

    class Meta:
        table_name = TableName("invoices")

    # Only invoices have the first: lists of invoices read them by it, in the order of their numbers.
    invoice_id, credit_note_id = (UnicodeAttribute(null=True) for _ in range(2))
    period = UnicodeAttribute(null=True)
    value = NumberAttribute(null=True)

    @staticmethod
    def key(account: str, identifier: str, /) -> tuple[str, str]:
        return account, f"number#{identifier}"

    @classmethod
    def of(cls, entity: NumberReservation) -> Self:
        owner: dict[str, Any] = {f"{entity.series}_id": entity.taken_by}
        key = cls.key(entity.account, entity.id)
        return cls(*key, version=1, period=entity.period, value=entity.value, **owner)

    def entity(self) -> NumberReservation:
        value: Any = self.value
        is_invoice = self.invoice_id is not None
        return NumberReservation(
            account=self.pk,
            id=self.sk.removeprefix("number#"),
            series="invoice" if is_invoice else "credit_note",
            taken_by=self.invoice_id if is_invoice else self.credit_note_id,
            period=self.period,
            value=None if value is None else int(value),
        )
