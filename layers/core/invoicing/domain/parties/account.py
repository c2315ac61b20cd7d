"""The account, which sends invoices, and its copy on issued documents."""

from dataclasses import dataclass
from datetime import date, datetime

from invoicing.domain.access.caller import split_partition
from invoicing.domain.calendar import Weekday
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.money.rounding import STANDARD, Rounding
from invoicing.domain.numbering.series import AssignOn, NumberRule
from invoicing.domain.numbering.settings import FIRST_SERIES, DocumentType, SeriesSettings
from invoicing.domain.parties.details import Address, ApplyCredit, BankAccount, TaxId
from invoicing.domain.parties.notifications import USUAL, Notifications

WEEKEND: tuple[Weekday, ...] = ("sat", "sun")
"""The weekend of a new account."""


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
    A ``small_business`` charges no tax because of its size. ``bcc`` are addresses that get a copy of every e-mail. Days
    of the ``weekend`` are no business days.
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
    number_series: tuple[SeriesSettings, ...] = FIRST_SERIES
    number_assign_on: AssignOn = "issue"
    rounding: Rounding = STANDARD
    books_locked_until: date | None = None
    small_business: bool = False
    apply_credit: ApplyCredit = "manual"
    number_fiscal_year_start: int = 1
    late_fee: LateFee | None = None
    weekend: tuple[Weekday, ...] = WEEKEND
    bcc: tuple[str, ...] = ()
    notifications: Notifications = USUAL
    created_at: datetime

    @property
    def is_notified(self) -> bool:
        """Whether notices to the account are on."""
        enabled = self.notifications.enabled
        return split_partition(self.account)[1] == "live" if enabled is None else enabled

    @property
    def notified_at(self) -> str | None:
        """The address that notices go to, None where there are none."""
        return (self.notifications.email or self.email) if self.is_notified else None

    def find_series(self, series_id: str) -> SeriesSettings | None:
        """Return a number series, or None."""
        return next((each for each in self.number_series if each.id == series_id), None)

    def series(self, series_id: str) -> SeriesSettings:
        """Return a number series that documents name; `LookupError` without it, as a used one is never deleted."""
        series = self.find_series(series_id)
        if series is None:
            raise LookupError(f"the account has no number series {series_id}")
        return series

    def default_series(self, document_type: DocumentType) -> SeriesSettings:
        """Return the series of documents that name no other; there is always one."""
        return next(each for each in self.number_series if each.default and each.document_type == document_type)

    def number_rule(self, series_id: str) -> NumberRule:
        """Return how a series writes and counts its numbers."""
        series = self.series(series_id)
        return NumberRule(series.pattern, series.reset, self.number_fiscal_year_start)

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
