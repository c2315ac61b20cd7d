"""Customers in responses."""

from typing import TypedDict

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.late_fees import LateFeeOutput, late_fee_output
from invoicing.api.outputs.reminder_overrides import ReminderOverrideOutput, reminder_override_output
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import Address, ApplyCredit, TaxId


class AddressOutput(TypedDict):
    """A postal address."""

    line1: str | None
    line2: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    country: str | None


class TaxIdOutput(TypedDict):
    """A tax registration."""

    type: str
    value: str


class CustomerOutput(TypedDict):
    """A customer."""

    id: str
    name: str
    email: str | None
    cc_emails: list[str]
    phone: str | None
    address: AddressOutput | None
    tax_ids: list[TaxIdOutput]
    currency: str | None
    locale: str | None
    payment_terms: str | None
    series_id: str | None
    apply_credit: ApplyCredit | None
    reminders: ReminderOverrideOutput
    late_fee: LateFeeOutput | None
    notes: str | None
    metadata: dict[str, str]
    archived_at: str | None
    created_at: str
    updated_at: str


def customer_output(customer: Customer) -> CustomerOutput:
    """Return a customer as responses show it."""
    return CustomerOutput(
        id=customer.id,
        name=customer.name,
        email=customer.email,
        cc_emails=list(customer.cc_emails),
        phone=customer.phone,
        address=address_output(customer.address),
        tax_ids=[tax_id_output(tax_id) for tax_id in customer.tax_ids],
        currency=customer.currency,
        locale=customer.locale,
        payment_terms=customer.payment_terms,
        series_id=customer.series_id,
        apply_credit=customer.apply_credit,
        reminders=reminder_override_output(customer.reminders),
        late_fee=late_fee_output(customer.late_fee),
        notes=customer.notes,
        metadata=dict(customer.metadata),
        archived_at=None if customer.archived_at is None else timestamp(customer.archived_at),
        created_at=timestamp(customer.created_at),
        updated_at=timestamp(customer.updated_at),
    )


def address_output(address: Address | None) -> AddressOutput | None:
    """Return an address as responses show it."""
    if address is None:
        return None
    return AddressOutput(
        line1=address.line1,
        line2=address.line2,
        city=address.city,
        state=address.state,
        postal_code=address.postal_code,
        country=address.country,
    )


def tax_id_output(tax_id: TaxId) -> TaxIdOutput:
    """Return a tax registration as responses show it."""
    return TaxIdOutput(type=tax_id.type, value=tax_id.value)


def customer_links(customer: Customer) -> dict[str, str | None]:
    """Return the links of a customer: related resources and the action that is possible now."""
    own = f"/customers/{customer.id}"
    return {
        "self": own,
        "balance": f"{own}/balance",
        "statement": f"{own}/statement",
        "send_statement": f"{own}/statement/send",
        "restore": f"{own}/restore" if customer.archived_at else None,
    }
