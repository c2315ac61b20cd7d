"""The account, which sends invoices, and its copy on issued documents."""

from dataclasses import dataclass
from datetime import date, datetime

from invoicing.domain.money.rounding import STANDARD, Rounding
from invoicing.domain.numbering.series import (
    DEFAULT_CREDIT_NOTE_PATTERN,
    DEFAULT_PATTERN,
    AssignOn,
    NumberRule,
    Reset,
    SeriesId,
)
from invoicing.domain.parties.details import Address, ApplyCredit, BankAccount, TaxId


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The copy of an account that an issued invoice keeps."""

    name: str
    email: str | None = None
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    payment_instructions: str | None = None
    bank_account: BankAccount | None = None
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A business that sends invoices, in one mode: ``account`` is ``acc_x`` when live and ``acc_x#test`` in test.

    Nothing changes its books up to and including ``books_locked_until``. ``apply_credit`` is the default of customers.
    A ``small_business`` charges no tax because of its size.
    """

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
    rounding: Rounding = STANDARD
    books_locked_until: date | None = None
    small_business: bool = False
    apply_credit: ApplyCredit = "manual"
    number_fiscal_year_start: int = 1
    created_at: datetime

    def number_rule(self, series: SeriesId) -> NumberRule:
        """Return how a series writes and counts its numbers."""
        pattern = self.number_pattern if series == "invoice" else self.number_credit_note_pattern
        return NumberRule(pattern, self.number_reset, self.number_fiscal_year_start)

    def as_seller(self) -> Seller:
        """Copy the account for an invoice that is issued."""
        return Seller(
            name=self.name,
            email=self.email,
            address=self.address,
            tax_ids=self.tax_ids,
            payment_instructions=self.payment_instructions,
            bank_account=self.bank_account,
            locale=self.locale,
        )
