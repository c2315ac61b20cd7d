"""What an invoice refers to, whole, in responses: its customer, payments and credit notes."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

from invoicing.api.outputs.credit_notes import CreditNoteOutput, credit_note_output
from invoicing.api.outputs.customers import CustomerOutput, customer_output
from invoicing.api.outputs.payments import PaymentOutput, payment_output
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.operations.lists.related import find_named
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


class ExpandedInvoiceOutput(TypedDict, total=False):
    """What `expand` asks for: the customer as it is now, and the payments and credit notes that the invoice lists."""

    customer: CustomerOutput | None
    payments: list[PaymentOutput]
    credit_notes: list[CreditNoteOutput]


Expanded = ExpandedInvoiceOutput


def expand(uow: UnitOfWork, invoices: Sequence[Invoice], names: Sequence[str], api_url: str) -> list[Mapping[str, Any]]:
    """Return what the names ask for of each invoice (`invoicing.api.expansion.Expander`)."""
    related, _ = find_named(uow, invoices, names, partial(_referred, uow))
    return [_member(each, api_url) for each in related]


def _referred(uow: UnitOfWork, invoice: Invoice, name: str) -> list[Ref[Any]]:
    match name:
        case "customer":
            return [uow.ref(Customer, invoice.buyer.id)]
        case "payments":
            return [uow.ref(Payment, each.payment_id) for each in invoice.payments]
        case _:
            return [uow.ref(CreditNote, each.credit_note_id) for each in invoice.credit_notes]


def _member(of: Mapping[str, list[Any]], api_url: str) -> ExpandedInvoiceOutput:
    member = ExpandedInvoiceOutput()
    if "customer" in of:
        member["customer"] = next(map(customer_output, of["customer"]), None)
    if "payments" in of:
        member["payments"] = [payment_output(payment) for payment in of["payments"]]
    if "credit_notes" in of:
        member["credit_notes"] = [credit_note_output(note, api_url) for note in of["credit_notes"]]
    return member
