"""Bodies of requests about customers."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from invoicing.api.inputs.fields import (
    Currency,
    Emails,
    Metadata,
    MetadataChanges,
    Name,
    Text,
    Word,
    form_check,
    merge_metadata,
    text_schema,
)
from invoicing.api.inputs.late_fees import LateFeeInput
from invoicing.api.inputs.locales import InLanguages
from invoicing.api.inputs.parties import AddressInput, PartyInput, TaxIds
from invoicing.api.inputs.reminders import ReminderOverrideInput
from invoicing.domain.parties.details import Address, ApplyCredit
from invoicing.domain.reminders.settings import ScheduleEntry
from invoicing.operations.customers.create_customer import NewCustomer

_LONGEST_ID = len("cust_") + 64
_ID = re.compile("cust_[A-Za-z0-9_-]{1,64}")
OwnId = Annotated[
    str,
    StringConstraints(strict=True, max_length=_LONGEST_ID),
    AfterValidator(
        form_check(
            _ID, "VALUE_INVALID", "must be cust_ and 1 to 64 letters from A to Z, digits, hyphens or underscores"
        )
    ),
    text_schema(maxLength=_LONGEST_ID, pattern=f"^{_ID.pattern}$"),
]


class CreateCustomerInput(PartyInput, InLanguages):
    """Body of ``POST /customers``."""

    id: OwnId | None = None
    name: Name
    tax_ids: TaxIds = Field(default_factory=list)
    cc_emails: Emails = Field(default_factory=list)
    shipping_address: AddressInput | None = None
    buyer_reference: Word | None = None
    currency: Currency | None = None
    payment_terms: Word | None = None
    series_id: Word | None = None
    template_id: Word | None = None
    apply_credit: ApplyCredit | None = None
    late_fee: LateFeeInput | None = None
    notes: Text | None = None
    metadata: Metadata = Field(default_factory=dict)

    def customer(self) -> NewCustomer:
        """Convert to the use case's input."""
        return NewCustomer(
            **self.party_values(),
            id=self.id,
            cc_emails=tuple(self.cc_emails),
            shipping_address=self.shipping_address.address() if self.shipping_address else None,
            buyer_reference=self.buyer_reference,
            currency=self.currency,
            locale=self.locale_given,
            payment_terms=self.payment_terms,
            series_id=self.series_id,
            template_id=self.template_id,
            apply_credit=self.apply_credit,
            late_fee=self.late_fee.late_fee() if self.late_fee else None,
            notes=self.notes,
            metadata=self.metadata,
        )


class UpdateCustomerInput(PartyInput, InLanguages):
    """Body of ``PATCH /customers/{customer_id}``: a missing field stays, null clears an optional one, objects merge."""

    name: Name = Field(default_factory=str)
    cc_emails: Emails | None = None
    shipping_address: AddressInput | None = None
    buyer_reference: Word | None = None
    currency: Currency | None = None
    payment_terms: Word | None = None
    series_id: Word | None = None
    template_id: Word | None = None
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
        special = {
            "cc_emails": tuple(self.cc_emails or ()),
            "shipping_address": self.shipping_address.merge(Address) if self.shipping_address else None,
            "reminders": self.reminders.merged() if self.reminders else None,
            "late_fee": self.late_fee.changes() if self.late_fee else None,
            "metadata": merge_metadata(self.metadata),
        } | self.party_changes()
        given = self.model_fields_set - {"locale", "locales"}
        return {name: special.get(name, getattr(self, name)) for name in given} | self.locale_changed
