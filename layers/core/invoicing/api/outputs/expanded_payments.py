"""What a payment refers to, whole, in responses: its customer and the invoices that it pays."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

from invoicing.api.outputs.customers import CustomerOutput, customer_output
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.domain.calendar import today
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Account
from invoicing.domain.parties.customer import Customer
from invoicing.domain.payments.payment import Payment
from invoicing.operations.account._own_account import PROFILE
from invoicing.operations.lists.related import find_named
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


class ExpandedPaymentOutput(TypedDict, total=False):
    """What `expand` asks for: the customer and the invoices of the allocations as they are now."""

    customer: CustomerOutput | None
    invoices: list[InvoiceOutput]


Expanded = ExpandedPaymentOutput


def expand(uow: UnitOfWork, payments: Sequence[Payment], names: Sequence[str], api_url: str) -> list[Mapping[str, Any]]:
    """Return what the names ask for of each payment (`invoicing.api.expansion.Expander`)."""
    profile = uow.ref(Account, PROFILE)
    related, found = find_named(uow, payments, names, partial(_referred, uow), also=[profile])
    output = partial(invoice_output, api_url=api_url, today=today(uow.now, found[profile].time_zone))
    return [_member(each, output) for each in related]


def _referred(uow: UnitOfWork, payment: Payment, name: str) -> list[Ref[Any]]:
    if name == "customer":
        return [uow.ref(Customer, payment.customer_id)]
    return [uow.ref(Invoice, each.invoice_id) for each in payment.allocations]


def _member(of: Mapping[str, list[Any]], output: Callable[[Invoice], InvoiceOutput]) -> ExpandedPaymentOutput:
    member = ExpandedPaymentOutput()
    if "customer" in of:
        member["customer"] = next(map(customer_output, of["customer"]), None)
    if "invoices" in of:
        member["invoices"] = list(map(output, of["invoices"]))
    return member
