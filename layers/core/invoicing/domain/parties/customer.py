"""The customer, who receives invoices, and its copy on documents."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import NamedTuple

from invoicing.dataclass import dataclass
from invoicing.domain.imports.import_mark import ImportMark
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.parties.details import Address, ApplyCredit
from invoicing.domain.parties.party import Party, party_values
from invoicing.domain.reminders.settings import NO_OVERRIDE, ReminderOverride

MOST_ARCHIVINGS = 10
"""How many archivings a customer remembers: more than there are before every schedule has followed the first."""


class Archiving(NamedTuple):
    """The version that a customer got when it was archived, and when that was."""

    version: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Party):
    """A recipient of invoices; ``version`` grows with every change.

    ``has_invoices`` is set with the first invoice or payment, and stays: such a customer is archived instead of
    removed, and cannot be invoiced from ``archived_at`` on. ``restored_at`` is when it last ceased to be archived.
    ``archivings`` are the latest, which the customer's schedules have to follow, also once it is restored.
    ``series_id`` numbers its invoices, None the default one.
    Its documents look as the template ``template_id``, None for the default.
    ``late_fee`` takes the place of the account's. Goods go to the ``shipping_address``, and ``buyer_reference`` is what
    the customer wants to find on its invoices, such as a German Leitweg-ID.
    ``import_mark`` is that of the last import that wrote the customer. Since ``erased_at`` it says nothing of a person.
    """

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone is no change
    cc_emails: tuple[str, ...] = ()
    shipping_address: Address | None = None
    buyer_reference: str | None = None
    currency: str | None = None
    locale: str | None = None
    payment_terms: str | None = None
    series_id: str | None = None
    template_id: str | None = None
    apply_credit: ApplyCredit | None = None
    reminders: ReminderOverride = NO_OVERRIDE
    late_fee: LateFee | None = None
    notes: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    has_invoices: bool = False
    archived_at: datetime | None = None
    restored_at: datetime | None = None
    archivings: tuple[Archiving, ...] = ()
    import_mark: ImportMark | None = None
    erased_at: datetime | None = None
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
            **party_values(self),
            id=self.id,
            version=self.version,
            cc_emails=self.cc_emails,
            shipping_address=self.shipping_address,
            buyer_reference=self.buyer_reference,
            apply_credit=self.apply_credit,
            template_id=self.template_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer(Party):
    """The copy of a customer that an invoice keeps; ``version`` is the customer's at that time.

    ``buyer_reference`` (EN 16931 BT-10) is the customer's own, the default of its invoices. ``apply_credit`` and
    ``template_id`` are copied because a draft is issued without reading its customer, whose version is only checked.
    """

    id: str
    version: int
    cc_emails: tuple[str, ...] = ()
    shipping_address: Address | None = None
    buyer_reference: str | None = None
    apply_credit: ApplyCredit | None = None
    template_id: str | None = None
