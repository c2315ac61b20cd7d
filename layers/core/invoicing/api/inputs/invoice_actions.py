"""Bodies of requests that send, void or revise an invoice, apart from those of whole invoices: they load faster."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Description, Email, Emails, Name, Text
from invoicing.operations.documents.order_email import EmailRequest


class VoidInvoiceInput(RequestBody):
    """Body of ``POST /invoices/{id}/void``; without ``credit_note`` the account's country decides about one."""

    reason: Description | None = None
    credit_note: Annotated[bool, Field(strict=True)] | None = None


class ReviseInvoiceInput(RequestBody):
    """Body of ``POST /invoices/{id}/revise``; the reason is for the account's own records."""

    reason: Description | None = None


_Several = Annotated[list[Email], Field(min_length=1, max_length=10)]
Recipients = Annotated[
    _Several,
    BeforeValidator(
        lambda value: [value] if isinstance(value, str) else value, json_schema_input_type=Email | _Several
    ),
]


class EmailInput(RequestBody):
    """Recipients and content of an e-mail, where they differ from the customer's defaults."""

    email_subject: Name | None = None
    email_message: Text | None = None
    to: Recipients | None = None
    cc: Emails | None = None
    bcc: Emails = Field(default_factory=list)

    def request(self) -> EmailRequest:
        """Convert to the use cases' input."""
        return EmailRequest(
            to=None if self.to is None else tuple(self.to),
            cc=None if self.cc is None else tuple(self.cc),
            bcc=tuple(self.bcc),
            subject=self.email_subject,
            message=self.email_message,
        )


_LOCAL = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}"
_SEND_AT = re.compile(_LOCAL + "(:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2}))?")
"""A local time to the minute, or an instant as in RFC 3339."""


def _send_at(value: Any) -> datetime:
    try:
        if isinstance(value, str) and _SEND_AT.fullmatch(value):
            return datetime.fromisoformat(value.upper())
    except ValueError:
        pass
    message = "must be a local time such as 2027-01-01T09:00, or one with an offset such as 2027-01-01T09:00:00+01:00"
    raise PydanticCustomError("SEND_AT_INVALID", "{message}", {"message": message})


_FORMS = [
    {"type": "string", "pattern": f"^{_LOCAL}$"},  # no format: what generated clients write of it has seconds
    {"type": "string", "format": "date-time"},
]
SendAt = Annotated[datetime, PlainValidator(_send_at), WithJsonSchema({"anyOf": _FORMS})]


class SendInvoiceInput(EmailInput):
    """Body of ``POST /invoices/{id}/send``; with ``send_email`` false the invoice is only marked as sent."""

    send_email: Annotated[bool, Field(strict=True)] = True
    send_at: Annotated[
        SendAt | None,
        Field(
            description=(
                "When to send it instead of now: a local time in the account's time zone, or an instant with an offset;"
                " in the future, and at most two years ahead."
            )
        ),
    ] = None

    def email(self) -> EmailRequest | None:
        """Convert to the use case's input."""
        return self.request() if self.send_email else None
