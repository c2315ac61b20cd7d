"""The customer, who receives invoices, and the copy that an invoice keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from invoicing.domain.parties.details import Address, TaxId


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who is billed; ``version`` grows with every change.

    ``has_invoices`` is set with the first invoice, or payment, and stays: such a customer is never removed, only
    archived, and gets no new invoices from ``archived_at`` on.
    """

    account: str
    id: str
    version: int
    sequence: int = field(default=0, compare=False)  # an event alone changes nothing
    name: str
    email: str | None = None
    cc_emails: tuple[str, ...] = ()
    phone: str | None = None
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    currency: str | None = None
    locale: str | None = None
    payment_terms: str | None = None
    notes: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    has_invoices: bool = False
    archived_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    def as_buyer(self) -> "Buyer":
        """The copy that an invoice keeps."""
        return Buyer(
            id=self.id,
            version=self.version,
            name=self.name,
            email=self.email,
            cc_emails=self.cc_emails,
            address=self.address,
            tax_ids=self.tax_ids,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """What an invoice says of its customer; ``version`` is the customer's version it was copied from."""

    id: str
    version: int
    name: str
    email: str | None = None
    cc_emails: tuple[str, ...] = ()
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
