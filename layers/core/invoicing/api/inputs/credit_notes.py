"""Bodies of requests about credit notes."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainValidator

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, Description, Quantity, Text, Word, number_check, number_schema
from invoicing.api.inputs.invoice_actions import EmailInput
from invoicing.api.inputs.lines import MAX_LINES
from invoicing.domain.credit_notes.measures import CreditItem
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote
from invoicing.operations.documents.order_email import EmailRequest

CreditedAmount = Annotated[
    Decimal,
    PlainValidator(number_check("AMOUNT_INVALID", Decimal(-(10**12)), Decimal(10**12), nonzero=True)),
    number_schema(minimum=-(10**12), maximum=10**12),
]
Percentage = Annotated[
    Decimal,
    PlainValidator(number_check("PERCENTAGE_INVALID", Decimal(0), Decimal(100), above=True, hint="; 10 is 10 %")),
    number_schema(exclusiveMinimum=0, maximum=100),
]


class CreditItemInput(RequestBody):
    """A line to credit, by its ``id``, and how much of it: one of ``quantity``, ``amount`` and ``percentage``.

    ``amount`` is without tax, or with tax where the invoice's prices include it; ``percentage`` is of the whole line.
    """

    line_id: Word
    quantity: Quantity | None = None
    amount: CreditedAmount | None = None
    percentage: Percentage | None = None

    def item(self) -> CreditItem:
        """Convert to the domain's value."""
        return CreditItem(self.line_id, self.quantity, self.amount, self.percentage)


class CreateCreditNoteInput(RequestBody):
    """Body of ``POST /invoices/{id}/credit-notes``; without ``items`` it credits all that is left."""

    reason: Description
    issue_date: CivilDate | None = None
    series_id: Word | None = None
    items: Annotated[list[CreditItemInput], Field(min_length=1, max_length=MAX_LINES)] | None = None
    send_email: Annotated[bool, Field(strict=True)] = False
    email_message: Text | None = None

    def credit_note(self) -> NewCreditNote:
        """Convert to the use case's input."""
        return NewCreditNote(
            reason=self.reason,
            issue_date=self.issue_date,
            series_id=self.series_id,
            items=None if self.items is None else [item.item() for item in self.items],
            email=EmailRequest(message=self.email_message) if self.send_email else None,
        )


class VoidCreditNoteInput(RequestBody):
    """Body of ``POST /credit-notes/{id}/void``; the reason is for the account's own records."""

    reason: Description | None = None


class SendCreditNoteInput(EmailInput):
    """Body of ``POST /credit-notes/{id}/send``."""
