"""A statement as a document: an e-mail about what is booked when it is sent."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from invoicing.dataclass import dataclass
from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.errors import InvalidRequest, NotFound
from invoicing.domain.events.customers import (
    CUSTOMER_EMAIL_BOUNCED,
    CUSTOMER_EMAIL_DELIVERED,
    CUSTOMER_EMAIL_FAILED,
    CUSTOMER_EMAIL_UNCONFIRMED,
)
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.get_customer_statement import CustomerStatement, Period, get_customer_statement
from invoicing.operations.documents.document_type import DocumentType
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedStatement:
    """A statement that is sent, as it was read; without one, ``refusal`` is a word for why there is none."""

    mail: StatementMail
    customer: Customer | None = None
    found: CustomerStatement | None = None
    refusal: str | None = None


def read_statement(uow: UnitOfWork, mail: StatementMail, *, ledger: Ledger) -> MailedStatement:
    """Read the statement; its customer may be removed since, and entries may have become too many."""
    period = Period(start=mail.start, end=mail.end, currency=mail.currency)
    try:
        found = get_customer_statement(uow, mail.customer_id, period, ledger)
    except NotFound:
        return MailedStatement(mail=mail, refusal="customer_deleted")
    except InvalidRequest:
        return MailedStatement(mail=mail, refusal="too_long")
    dated = replace(found, made_at=mail.created_at, made_on=mail.day)
    return MailedStatement(mail=mail, customer=uow.get(Customer, mail.customer_id), found=dated)


def _parts(statement: MailedStatement) -> Sequence[Customer]:
    return (statement.customer,) if statement.customer else ()


STATEMENT: DocumentType[MailedStatement] = DocumentType(
    name="statement",
    kind=StatementMail,
    parts=_parts,
    refusal=lambda statement: statement.refusal,
    resource=lambda uow, mail: uow.find(Customer, mail.customer_id),
    email_events={
        DeliveryStatus.DELIVERED: CUSTOMER_EMAIL_DELIVERED,
        DeliveryStatus.FAILED: CUSTOMER_EMAIL_FAILED,
        DeliveryStatus.BOUNCED: CUSTOMER_EMAIL_BOUNCED,
        DeliveryStatus.UNCONFIRMED: CUSTOMER_EMAIL_UNCONFIRMED,
    },
)


def statement_of(ledger: Ledger) -> DocumentType[MailedStatement]:
    """Return the type of statements that are read from a ledger, as they are to be sent."""
    return replace(STATEMENT, read=partial(read_statement, ledger=ledger))
