"""Bodies of requests about credit notes."""

from typing import Annotated

from pydantic import Field

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import CivilDate, Description, Quantity, Text, Word
from invoicing.api.inputs.invoice_actions import EmailInput
from invoicing.api.inputs.lines import MAX_LINES
from invoicing.domain.credit_notes.credit_note import CreditItem
from invoicing.operations.credit_notes.create_credit_note import NewCreditNote
from invoicing.operations.documents.order_email import EmailRequest


class CreditItemInput(RequestBody):
    """A line to credit and the quantity of it: ``line_id`` is the line's ``id``."""

    line_id: Word
    quantity: Quantity

    def item(self) -> CreditItem:
        """Convert to the domain's value."""
        return CreditItem(self.line_id, self.quantity)


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


class SendCreditNoteInput(EmailInput):
    """Body of ``POST /credit-notes/{id}/send``."""
