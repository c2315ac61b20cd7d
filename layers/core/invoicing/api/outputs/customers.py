"""Customers in responses."""

from invoicing.api.envelope import timestamp
from invoicing.api.outputs.late_fees import LateFeeOutput, late_fee_output
from invoicing.api.outputs.locales import GivenLanguagesOutput, given_languages_output
from invoicing.api.outputs.parties import AddressOutput, PartyOutput, address_output, party_output
from invoicing.api.outputs.reminder_overrides import ReminderOverrideOutput, reminder_override_output
from invoicing.domain.parties.customer import Customer
from invoicing.domain.parties.details import ApplyCredit


class CustomerOutput(PartyOutput, GivenLanguagesOutput):
    """A customer."""

    id: str
    cc_emails: list[str]
    shipping_address: AddressOutput | None
    buyer_reference: str | None
    currency: str | None
    payment_terms: str | None
    series_id: str | None
    template_id: str | None
    apply_credit: ApplyCredit | None
    reminders: ReminderOverrideOutput
    late_fee: LateFeeOutput | None
    notes: str | None
    metadata: dict[str, str]
    archived_at: str | None
    erased_at: str | None
    created_at: str
    updated_at: str


def customer_output(customer: Customer) -> CustomerOutput:
    """Return a customer as responses show it."""
    return CustomerOutput(
        **party_output(customer),
        id=customer.id,
        cc_emails=list(customer.cc_emails),
        shipping_address=address_output(customer.shipping_address),
        buyer_reference=customer.buyer_reference,
        currency=customer.currency,
        **given_languages_output(customer.locale),
        payment_terms=customer.payment_terms,
        series_id=customer.series_id,
        template_id=customer.template_id,
        apply_credit=customer.apply_credit,
        reminders=reminder_override_output(customer.reminders),
        late_fee=late_fee_output(customer.late_fee),
        notes=customer.notes,
        metadata=dict(customer.metadata),
        archived_at=None if customer.archived_at is None else timestamp(customer.archived_at),
        erased_at=None if customer.erased_at is None else timestamp(customer.erased_at),
        created_at=timestamp(customer.created_at),
        updated_at=timestamp(customer.updated_at),
    )


def customer_links(customer: Customer) -> dict[str, str | None]:
    """Return the links of a customer: related resources and the action that is possible now."""
    own = f"/customers/{customer.id}"
    return {
        "self": own,
        "balance": f"{own}/balance",
        "statement": f"{own}/statement",
        "send_statement": f"{own}/statement/send",
        "restore": f"{own}/restore" if customer.archived_at and not customer.erased_at else None,
    }
