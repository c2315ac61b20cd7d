"""Show a template with a document."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.calendar import days_after, today
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.ledger.carried_balance import CarriedBalance
from invoicing.domain.ledger.statement import statements_of
from invoicing.domain.parties.account import Account
from invoicing.domain.payments.payment import Payment
from invoicing.domain.templates.sample import sample_credit_note, sample_invoice, sample_movements, sample_payment
from invoicing.domain.templates.template import PreviewedDocument, Template
from invoicing.operations.customers.get_customer_statement import CustomerStatement
from invoicing.operations.invoices.get_invoice import as_issued_now
from invoicing.operations.templates._own_templates import own_template
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_LATE = 7  # days overdue of the sample that is reminded of


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePreview:
    """What is shown: a document with its ``seller``, in the current version of a template, ``on`` a day.

    That of a reminder is the invoice that it is about.
    """

    document: Invoice | CreditNote | Payment | CustomerStatement
    template: Template
    account: Account
    on: date


def preview_template(
    uow: UnitOfWork, template_id: str, kind: PreviewedDocument = "invoice", invoice_id: str | None = None
) -> TemplatePreview:
    """Return the template with a document, that of the invoice, or a sample without one; nothing is written.

    `NotFound` ``TEMPLATE_NOT_FOUND``, ``INVOICE_NOT_FOUND``; `ValidationFailed` for an invoice of other documents than
    invoices and reminders.
    """
    account, template = own_template(uow, template_id)
    day = today(uow.now, account.time_zone)
    if invoice_id is None:
        invoice = sample_invoice(account, uow.now, template.ref)
        document = _SAMPLES[kind](uow, account, invoice)
        on = days_after(invoice.due_date, _LATE) if kind == "reminder" else day
        return TemplatePreview(document=document, template=template, account=account, on=on)
    if kind not in {"invoice", "reminder"}:
        message = "invoice_id goes with the documents invoice and reminder; leave it out for a sample."
        raise ValidationFailed(Detail("invoice_id", message, "VALUE_INVALID", invoice_id))
    invoice = as_issued_now(uow, uow.get(Invoice, invoice_id))
    seller = invoice.seller or account.as_seller(invoice.currency, invoice.locale)
    seller = replace(seller, logo=account.logo_in(template.ref))
    shown = replace(invoice, seller=seller, template=template.ref)
    return TemplatePreview(document=shown, template=template, account=account, on=day)


def _payment(uow: UnitOfWork, account: Account, invoice: Invoice) -> Payment:
    return sample_payment(invoice, account.as_seller(invoice.currency, invoice.locale, invoice.template), uow.now)


def _statement(uow: UnitOfWork, account: Account, invoice: Invoice) -> CustomerStatement:
    """Return the statement of this month, with the sample and a payment of it."""
    payment, day = _payment(uow, account, invoice), invoice.issue_date
    statements = statements_of(
        customer_id=invoice.buyer.id,
        currency=invoice.currency,
        start=day.replace(day=1),
        end=day,
        carried=CarriedBalance(account=account.account, id=invoice.buyer.id),
        entries=sample_movements(invoice, payment),
    )
    return CustomerStatement(
        account=account.account,
        statements=statements,
        seller=payment.seller,
        buyer=payment.buyer,
        template=payment.template,
        locale=payment.locale,
        made_at=uow.now,
        made_on=day,
    )


type Sample = Callable[[UnitOfWork, Account, Invoice], Invoice | CreditNote | Payment | CustomerStatement]

_SAMPLES: Mapping[PreviewedDocument, Sample] = {
    "invoice": lambda _uow, _account, invoice: invoice,
    "reminder": lambda _uow, _account, invoice: invoice,
    "credit_note": lambda uow, account, invoice: sample_credit_note(invoice, account, uow.now),
    "receipt": _payment,
    "statement": _statement,
}
