"""Send a statement to a customer by e-mail."""

from dataclasses import replace

from invoicing.domain.errors import InvalidRequest, ValidationFailed
from invoicing.domain.events.customers import CUSTOMER_EMAIL_FAILED, CUSTOMER_STATEMENT_SENT
from invoicing.domain.ledger.statement_mail import StatementMail
from invoicing.domain.parties.customer import Customer
from invoicing.operations.customers.get_customer_statement import Period, get_customer_statement
from invoicing.operations.documents.order_email import EmailRequest, order_email, record_order
from invoicing.operations.unit_of_work.ports import Ledger
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def send_customer_statement(
    uow: UnitOfWork, customer_id: str, period: Period, email: EmailRequest, ledger: Ledger
) -> StatementMail:
    """Request the e-mail of a statement, each time again; the statement itself is made when it is sent.

    It is read to know that it can be made. `NotFound`; `ValidationFailed` as `order_email`, and ``DATE_INVALID`` or
    ``QUERY_TOO_BROAD`` where `get_customer_statement` refuses the period.
    """
    try:
        found = get_customer_statement(uow, customer_id, period, ledger)
    except InvalidRequest as refused:
        raise ValidationFailed(*refused.details) from refused
    customer, statement = uow.get(Customer, customer_id), found.statements[0]
    mail = StatementMail(
        account=uow.account,
        id=uow.new_id("stmt"),
        customer_id=customer.id,
        start=statement.start,
        end=statement.end,
        currency=period.currency,
        day=found.made_on,
        created_at=uow.now,
    )
    deliveries = order_email(uow, email, customer.as_buyer(), kind="statement", document_id=mail.id, hosted_url="")
    ordered = replace(mail, delivery_ids=tuple(each.id for each in deliveries))
    uow.changes.save(ordered)
    record_order(uow, customer, deliveries, CUSTOMER_STATEMENT_SENT, CUSTOMER_EMAIL_FAILED)
    return ordered
