"""Bodies of requests about customers."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import (
    AddressPart,
    Country,
    Currency,
    Email,
    Emails,
    Locale,
    Metadata,
    MetadataChanges,
    Name,
    Text,
    Word,
    merge_metadata,
)
from invoicing.api.inputs.late_fees import LateFeeInput
from invoicing.api.inputs.reminders import ReminderOverrideInput
from invoicing.domain.parties.details import Address, ApplyCredit, TaxId
from invoicing.domain.reminders.settings import ScheduleEntry
from invoicing.operations.customers.create_customer import NewCustomer


class AddressInput(RequestBody):
    """A postal address."""

    line1: AddressPart | None = None
    line2: AddressPart | None = None
    city: AddressPart | None = None
    state: AddressPart | None = None
    postal_code: AddressPart | None = None
    country: Country | None = None

    def address(self) -> Address:
        """Convert to the domain's value."""
        return Address(**self.model_dump())


class TaxIdInput(RequestBody):
    """A tax registration."""

    type: Word
    value: Word

    def tax_id(self) -> TaxId:
        """Convert to the domain's value."""
        return TaxId(type=self.type, value=self.value)


TaxIds = Annotated[list[TaxIdInput], Field(max_length=10)]


OwnId = Annotated[
    str,
    StringConstraints(strict=True, max_length=len("cust_") + 64, pattern=r"^cust_[A-Za-z0-9_-]{1,64}$"),
]


class CreateCustomerInput(RequestBody):
    """Body of ``POST /customers``."""

    id: OwnId | None = None
    name: Name
    email: Email | None = None
    cc_emails: Emails = Field(default_factory=list)
    phone: Word | None = None
    address: AddressInput | None = None
    tax_ids: TaxIds = Field(default_factory=list)
    currency: Currency | None = None
    locale: Locale | None = None
    payment_terms: Word | None = None
    series_id: Word | None = None
    apply_credit: ApplyCredit | None = None
    late_fee: LateFeeInput | None = None
    notes: Text | None = None
    metadata: Metadata = Field(default_factory=dict)

    def customer(self) -> NewCustomer:
        """Convert to the use case's input."""
        return NewCustomer(
            id=self.id,
            name=self.name,
            email=self.email,
            cc_emails=tuple(self.cc_emails),
            phone=self.phone,
            address=self.address.address() if self.address else None,
            tax_ids=tuple(tax_id.tax_id() for tax_id in self.tax_ids),
            currency=self.currency,
            locale=self.locale,
            payment_terms=self.payment_terms,
            series_id=self.series_id,
            apply_credit=self.apply_credit,
            late_fee=self.late_fee.late_fee() if self.late_fee else None,
            notes=self.notes,
            metadata=self.metadata,
        )


class UpdateCustomerInput(RequestBody):
    """Body of ``PATCH /customers/{customer_id}``: a missing field stays, null clears an optional one, objects merge."""

    name: Name = Field(default_factory=str)
    email: Email | None = None
    cc_emails: Emails | None = None
    phone: Word | None = None
    address: AddressInput | None = None
    tax_ids: TaxIds | None = None
    currency: Currency | None = None
    locale: Locale | None = None
    payment_terms: Word | None = None
    series_id: Word | None = None
    apply_credit: ApplyCredit | None = None
    reminders: ReminderOverrideInput | None = None
    late_fee: LateFeeInput | None = None
    notes: Text | None = None
    metadata: MetadataChanges | None = None

    @property
    def reminder_schedule(self) -> Sequence[ScheduleEntry]:
        """The schedule of the customer's own reminders, where it is given."""
        return (self.reminders.override().schedule or ()) if self.reminders else ()

    def values(self) -> dict[str, Any]:
        """Return the given fields, by name; nested objects as `Merge`."""
        values = {
            "name": self.name,
            "email": self.email,
            "cc_emails": tuple(self.cc_emails or ()),
            "phone": self.phone,
            "address": self.address.merge(Address) if self.address else None,
            "tax_ids": tuple(tax_id.tax_id() for tax_id in self.tax_ids or ()),
            "currency": self.currency,
            "locale": self.locale,
            "payment_terms": self.payment_terms,
            "series_id": self.series_id,
            "apply_credit": self.apply_credit,
            "reminders": self.reminders.merged() if self.reminders else None,
            "late_fee": self.late_fee.changes() if self.late_fee else None,
            "notes": self.notes,
            "metadata": merge_metadata(self.metadata),
        }
        return {name: values[name] for name in self.model_fields_set}
