"""The customer, who receives invoices, and its copy on documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.parties.details import Address, ApplyCredit, TaxId
from invoicing.domain.reminders.settings import NO_OVERRIDE, ReminderOverride

MOST_ARCHIVINGS = 10
"""How many archivings a customer remembers: more than there are before every schedule has followed the first."""


class Archiving(NamedTuple):
    """The version that a customer got when it was archived, and when that was."""

    version: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A recipient of invoices; ``version`` grows with every change.

    ``has_invoices`` is set with the first invoice or payment, and stays: such a customer is archived instead of
    removed, and cannot be invoiced from ``archived_at`` on. ``restored_at`` is when it last ceased to be archived.
    ``archivings`` are the latest, which the customer's schedules have to follow, also once it is restored.
    ``series_id`` numbers its invoices, None the default one.
    ``late_fee`` takes the place of the account's.
    """

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    name: str
    email: str | None = None
    cc_emails: tuple[str, ...] = ()
    phone: str | None = None
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    currency: str | None = None
    locale: str | None = None
    payment_terms: str | None = None
    series_id: str | None = None
    apply_credit: ApplyCredit | None = None
    reminders: ReminderOverride = NO_OVERRIDE
    late_fee: LateFee | None = None
    notes: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    has_invoices: bool = False
    archived_at: datetime | None = None
    restored_at: datetime | None = None
    archivings: tuple[Archiving, ...] = ()
    created_at: datetime
    updated_at: datetime

    def archived(self, now: datetime) -> "Customer":
        """Return the customer archived."""
        archiving = Archiving(self.version + 1, now)
        archivings = (*self.archivings, archiving)[-MOST_ARCHIVINGS:]
        return replace(self, version=archiving.version, archived_at=now, updated_at=now, archivings=archivings)

    def as_buyer(self) -> "Buyer":
        """Copy the customer for an invoice."""
        return Buyer(
            id=self.id,
            version=self.version,
            name=self.name,
            email=self.email,
            cc_emails=self.cc_emails,
            address=self.address,
            tax_ids=self.tax_ids,
            apply_credit=self.apply_credit,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """The copy of a customer that an invoice keeps; ``version`` is the customer's at that time.

    ``apply_credit`` is copied because a draft is issued without reading its customer, whose version is only checked.
    """

    id: str
    version: int
    name: str
    email: str | None = None
    cc_emails: tuple[str, ...] = ()
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    apply_credit: ApplyCredit | None = None
