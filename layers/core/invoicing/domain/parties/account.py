"""The account, which sends invoices, and its copy on issued documents."""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Any, Self

from invoicing.dataclass import dataclass
from invoicing.domain.access.caller import split_partition
from invoicing.domain.calendar import Weekday
from invoicing.domain.language import language_of, locales_of
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.money.rounding import STANDARD, Rounding
from invoicing.domain.numbering.series import AssignOn, NumberRule
from invoicing.domain.numbering.settings import FIRST_SERIES, DocumentType, SeriesSettings
from invoicing.domain.parties.details import ApplyCredit, BankAccount, account_for
from invoicing.domain.parties.logo import Logo
from invoicing.domain.parties.notifications import USUAL, Notifications
from invoicing.domain.parties.party import Party, party_values
from invoicing.domain.parties.payment_codes import PaymentCode
from invoicing.domain.templates.template import TemplateRef

RETENTION_YEARS = 10
"""For how many years a new account keeps documents: the longest that the laws of its reference page ask for."""

MOST_RETENTION_YEARS = 30

WEEKEND: tuple[Weekday, ...] = ("sat", "sun")
"""The weekend of a new account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller(Party):
    """The copy of an account that an issued invoice keeps.

    ``bank_account`` is the one for the invoice's currency, ``payment_instructions`` are those in its language.
    """

    payment_instructions: str | None = None
    bank_account: BankAccount | None = None
    locale: str = "en"
    logo: Logo | None = None
    payment_codes: tuple[PaymentCode, ...] = ()
    payment_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Party):
    """A business that sends invoices, in one mode: ``account`` is ``acc_x`` when live and ``acc_x#test`` in test.

    Nothing changes its books up to and including ``books_locked_until``. ``apply_credit`` is the default of customers.
    A ``small_business`` charges no tax because of its size. ``bcc`` are addresses that get a copy of every e-mail. Days
    of the ``weekend`` are no business days. ``payment_instructions_by_locale`` are by language tag, and come before
    ``payment_instructions``.
    Customers and invoices are found by ``searchable_metadata``, keys of theirs.
    Links of hosted pages that are made from now on expire after ``hosted_link_days``, None for never.
    Documents are kept for ``retention_years`` after the end of their year, before which no customer is erased.
    ``templates`` are the current versions of its templates, the oldest first, and ``template_logos`` the logos of those
    that have their own, by the template's id.
    Invoices can be paid at ``payment_url``, which has placeholders (`invoicing.domain.parties.payment_codes`).
    """

    account: str
    id: str
    version: int
    currency: str
    time_zone: str
    locale: str = "en"
    payment_terms: str
    payment_instructions: str | None = None
    payment_instructions_by_locale: Mapping[str, str] = field(default_factory=dict)
    bank_accounts: tuple[BankAccount, ...] = ()
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
    searchable_metadata: tuple[str, ...] = ()
    hosted_link_days: int | None = None
    logo: Logo | None = None
    payment_codes: tuple[PaymentCode, ...] = ()
    payment_url: str | None = None
    retention_years: int = RETENTION_YEARS
    templates: tuple[TemplateRef, ...] = ()
    default_template: str | None = None
    template_logos: Mapping[str, Logo] = field(default_factory=dict)
    created_at: datetime

    @property
    def bank_account(self) -> BankAccount | None:
        """The first of the bank accounts."""
        return next(iter(self.bank_accounts), None)

    def changed(self, values: Mapping[str, Any]) -> Self:
        """Return the account with other values, by name; a ``bank_account`` takes the place of the first.

        Without a value it removes the first.
        """
        values = dict(values)
        if "bank_account" in values:
            first = values.pop("bank_account")
            values["bank_accounts"] = (*((first,) if first else ()), *self.bank_accounts[1:])
        return replace(self, **values)

    @property
    def is_notified(self) -> bool:
        """Whether notices to the account are on."""
        enabled = self.notifications.enabled
        return split_partition(self.account)[1] == "live" if enabled is None else enabled

    @property
    def notified_at(self) -> str | None:
        """The address that notices go to, None where there are none."""
        return (self.notifications.email or self.email) if self.is_notified else None

    def find_template(self, template_id: str | None) -> TemplateRef | None:
        """Return the current version of a template, or None."""
        return next((each for each in self.templates if each.id == template_id), None)

    def template_for(self, *template_ids: str | None) -> TemplateRef | None:
        """Return what a document looks like: the current version of the first of these templates, else the default's.

        They are that of the document itself, then its customer's; None, and what was deleted, is passed over.
        """
        found = map(self.find_template, (*template_ids, self.default_template))
        return next(filter(None, found), None)

    def template_after(self, issued: TemplateRef | None, of_customer: str | None) -> TemplateRef | None:
        """Return what a document looks like that follows an issued one: as `template_for` its template."""
        return self.template_for(issued.id if issued else None, of_customer)

    def logo_in(self, template: TemplateRef | None) -> Logo | None:
        """Return the logo of documents in a template: its own, else the account's."""
        return (self.template_logos.get(template.id) if template else None) or self.logo

    def with_template(self, ref: TemplateRef, logo: Logo | None) -> Self:
        """Return the account with a version of a template as the current one; a new template is its last."""
        known = self.find_template(ref.id)
        templates = tuple(ref if each == known else each for each in self.templates) + (() if known else (ref,))
        logos = {each: own for each, own in self.template_logos.items() if each != ref.id}
        return replace(self, templates=templates, template_logos=logos | ({ref.id: logo} if logo else {}))

    def without_template(self, ref: TemplateRef) -> Self:
        """Return the account without a template."""
        rest = self.with_template(ref, None)
        return replace(rest, templates=tuple(each for each in self.templates if each != ref))

    def seller_in(self, template: TemplateRef | None, copy: Seller) -> Seller:
        """Return the copy of a document for one that follows it, with the logo of its template, where it has one."""
        return replace(copy, logo=self.logo_in(template)) if template else copy

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

    def account_in(self, currency: str) -> BankAccount | None:
        """Return the bank account that invoices in a currency are paid to."""
        return account_for(self.bank_accounts, currency)

    def instructions_in(self, locale: str) -> str | None:
        """Return the payment instructions for a locale: its own, else those of its language, else the usual.

        Those of a second language, where there are any, stand below.
        """
        first, *others = (self._own_instructions(tag) for tag in locales_of(locale))
        texts = dict.fromkeys(filter(None, (first or self.payment_instructions, *others)))
        return "\n\n".join(texts) or None

    def _own_instructions(self, tag: str) -> str | None:
        own = self.payment_instructions_by_locale
        return next((own[each] for each in (tag, language_of(tag), tag.partition("-")[0]) if each in own), None)

    def as_seller(self, currency: str, locale: str, template: TemplateRef | None = None) -> Seller:
        """Copy the account for a document in a currency, a language and a template, whose logo comes first."""
        return Seller(
            **party_values(self),
            payment_instructions=self.instructions_in(locale),
            bank_account=self.account_in(currency),
            locale=self.locale,
            logo=self.logo_in(template),
            payment_codes=self.payment_codes,
            payment_url=self.payment_url,
        )
