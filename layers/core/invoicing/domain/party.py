"""Who sends an invoice and who receives it: the account, its customers, and the copies an invoice keeps of both."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from invoicing.domain.numbering import DEFAULT_CREDIT_NOTE_PATTERN, DEFAULT_PATTERN, AssignOn, Reset, SeriesId


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; ``country`` is an ISO 3166-1 alpha-2 code."""

    line1: str | None = None
    line2: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxId:
    """A tax registration: ``type`` such as ``eu_vat``, and its number as printed on invoices."""

    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """Where a customer pays to: ISO 13616 IBAN, ISO 9362 BIC."""

    iban: str | None = None
    bic: str | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """What an issued invoice says of the account that issued it."""

    name: str
    email: str | None = None
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    payment_instructions: str | None = None
    bank_account: BankAccount | None = None
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A business that sends invoices, in one mode: ``account`` is ``acc_x`` when live and ``acc_x#test`` in test."""

    account: str
    id: str
    version: int
    name: str
    email: str | None = None
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    currency: str
    time_zone: str
    locale: str = "en"
    payment_terms: str
    payment_instructions: str | None = None
    bank_account: BankAccount | None = None
    number_pattern: str = DEFAULT_PATTERN
    number_credit_note_pattern: str = DEFAULT_CREDIT_NOTE_PATTERN
    number_reset: Reset = "yearly"
    number_assign_on: AssignOn = "issue"
    created_at: datetime

    def pattern_of(self, series: SeriesId) -> str:
        """What the numbers of a series look like."""
        return self.number_pattern if series == "invoice" else self.number_credit_note_pattern

    def as_seller(self) -> Seller:
        """The copy that an invoice keeps when it is issued."""
        return Seller(
            name=self.name,
            email=self.email,
            address=self.address,
            tax_ids=self.tax_ids,
            payment_instructions=self.payment_instructions,
            bank_account=self.bank_account,
            locale=self.locale,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who is billed; ``version`` grows with every change.

    ``has_invoices`` is set with the first invoice, or payment, and stays: such a customer is never removed, only
    archived, and gets no new invoices from ``archived_at`` on.
    """

    account: str
    id: str
    version: int
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


def changed_names(before: object, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of those values that are other than what a thing has, in alphabetical order."""
    return tuple(sorted(name for name, value in values.items() if getattr(before, name) != value))
