"""What a credit note refers to, whole, in responses: its customer and invoice."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

from invoicing.api.outputs.customers import CustomerOutput, customer_output
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.domain.calendar import today
from invoicing.domain.credit_notes.credit_note import CreditNote
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.related import find_named
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


class ExpandedCreditNoteOutput(TypedDict, total=False):
    """What `expand` asks for: the customer and the invoice as they are now."""

    customer: CustomerOutput | None
    invoice: InvoiceOutput | None


Expanded = ExpandedCreditNoteOutput


def expand(uow: UnitOfWork, notes: Sequence[CreditNote], names: Sequence[str], api_url: str) -> list[Mapping[str, Any]]:
    """Return what the names ask for of each credit note (`invoicing.api.expansion.Expander`)."""
    profile = uow.ref(Account, PROFILE)
    related, found = find_named(uow, notes, names, partial(_referred, uow), also=[profile])
    output = partial(invoice_output, api_url=api_url, today=today(uow.now, found[profile].time_zone))
    return [_member(each, output) for each in related]


def _referred(uow: UnitOfWork, note: CreditNote, name: str) -> list[Ref[Any]]:
    if name == "customer":
        return [uow.ref(Customer, note.buyer.id)]
    return [uow.ref(Invoice, note.invoice_id)]


def _member(of: Mapping[str, list[Any]], output: Callable[[Invoice], InvoiceOutput]) -> ExpandedCreditNoteOutput:
    member = ExpandedCreditNoteOutput()
    if "customer" in of:
        member["customer"] = next(map(customer_output, of["customer"]), None)
    if "invoice" in of:
        member["invoice"] = next(map(output, of["invoice"]), None)
    return member
