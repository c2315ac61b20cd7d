"""Bodies of requests about the account, and the event that creates one."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, get_args
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.bank_accounts import BankAccountInput, BankAccounts
from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import (
    CivilDate,
    Country,
    Currency,
    Email,
    Locale,
    MetadataKeys,
    Name,
    Text,
    Word,
    whole_number_check,
    whole_number_schema,
)
from invoicing.api.inputs.late_fees import LateFeeInput
from invoicing.api.inputs.locales import InLanguages, Locales
from invoicing.api.inputs.notifications import NotificationsInput
from invoicing.api.inputs.number_series import NextValue, Pattern
from invoicing.api.inputs.parties import PartyInput
from invoicing.api.inputs.rounding import RoundingInput
from invoicing.domain.access.caller import LIMITS, STANDARD_LIMIT, Mode, Plan
from invoicing.domain.calendar import WEEKDAYS, Weekday
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.merging import Merge
from invoicing.domain.money.rounding import STANDARD, Rounding
from invoicing.domain.numbering.series import AssignOn
from invoicing.domain.numbering.settings import DocumentType, Reset
from invoicing.domain.parties.account import MOST_RETENTION_YEARS
from invoicing.domain.parties.details import ApplyCredit
from invoicing.domain.parties.notifications import Notifications
from invoicing.domain.parties.payment_codes import PaymentCode, is_payment_url
from invoicing.operations.account.create_account import AddedKey, NewAccount

MOST_PER_HOUR = 3_600_000
"""Highest rate limit: each request is counted on its key's item, and DynamoDB writes one item 1,000 times a second."""

MOST_LANGUAGES = 30
"""The most languages of payment instructions: those of documents, and some regions."""

MOST_COPIES = 5
"""The most addresses that get a copy: each costs an e-mail, and a place in the transaction that orders it."""

LONGEST_PAYMENT_URL = 500

MOST_LINK_DAYS = 3_650
"""The most days of a hosted link that expires: ten years, as long as invoices are kept anywhere."""

_ACCOUNT_ID = re.compile(r"acc_[A-Za-z0-9]+")


_time_zones = cache(available_timezones)
"""The names of all zones; finding them is a walk through the file system."""


def _time_zone(value: str) -> str:
    if value not in _time_zones():
        raise PydanticCustomError("TIME_ZONE_INVALID", "must be an IANA time zone such as Europe/Vienna")
    return value


def _payment_url(value: str) -> str:
    if not is_payment_url(value):
        message = "must be an https URL, in braces only number, amount and currency, and none of them in its host"
        raise PydanticCustomError("URL_INVALID", message)
    return value


def _account_id(value: str) -> str:
    if not _ACCOUNT_ID.fullmatch(value):
        raise PydanticCustomError("VALUE_INVALID", "must be an account id: acc_ and letters or digits")
    return value


TimeZone = Annotated[str, StringConstraints(strict=True, max_length=64), AfterValidator(_time_zone)]


AccountId = Annotated[str, StringConstraints(strict=True, max_length=64), AfterValidator(_account_id)]
RateLimit = Annotated[int, PlainValidator(whole_number_check(1, MOST_PER_HOUR)), whole_number_schema(1, MOST_PER_HOUR)]
_Copies = Annotated[list[Email], Field(max_length=MOST_COPIES)]
Copies = Annotated[
    _Copies,
    BeforeValidator(lambda value: [value] if isinstance(value, str) else value, json_schema_input_type=Email | _Copies),
]
PaymentCodes = Annotated[list[PaymentCode], Field(max_length=len(get_args(PaymentCode)))]
PaymentUrl = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_PAYMENT_URL),
    AfterValidator(_payment_url),
]
Month = Annotated[int, PlainValidator(whole_number_check(1, 12)), whole_number_schema(1, 12)]


LinkDays = Annotated[int, PlainValidator(whole_number_check(1, MOST_LINK_DAYS)), whole_number_schema(1, MOST_LINK_DAYS)]
RetentionYears = Annotated[
    int,
    PlainValidator(whole_number_check(1, MOST_RETENTION_YEARS)),
    whole_number_schema(1, MOST_RETENTION_YEARS),
]


class KeyLimits(RequestBody):
    """The limits of a key from an operator: at most ``rate_limit`` requests per hour, else those of its ``plan``."""

    mode: Mode = "test"
    plan: Plan | None = None
    rate_limit: RateLimit | None = None

    def requests_per_hour(self) -> int:
        """Return the key's limit; `ValidationFailed` when plan and limit exclude each other."""
        limit = LIMITS.get(self.plan or "standard")
        if self.rate_limit is None and limit is None:
            message = "rate_limit is required on the enterprise plan."
            raise ValidationFailed(Detail("rate_limit", message, "FIELD_REQUIRED"))
        if self.rate_limit is not None and self.plan is not None and limit is not None:
            message = (
                f"rate_limit cannot change the {self.plan} plan's {limit:,} requests per hour; send only one of them."
            )
            raise ValidationFailed(Detail("rate_limit", message, "VALUE_INVALID", self.rate_limit))
        return self.rate_limit or limit or STANDARD_LIMIT


class CreateAccountInput(KeyLimits):
    """Event of ``CreateAccountFunction`` without an ``account_id``."""

    name: Name
    email: Email | None = None
    currency: Currency = "USD"
    time_zone: TimeZone = "UTC"
    locale: Locale = "en"
    country: Country | None = None
    payment_terms: Word = "Net 30"

    def account(self) -> NewAccount:
        """Convert to the use case's input."""
        values = self.model_dump(exclude={"plan", "rate_limit"})
        return NewAccount(**values, requests_per_hour=self.requests_per_hour())


class AddKeyInput(KeyLimits):
    """Event of ``CreateAccountFunction`` with an ``account_id``."""

    account_id: AccountId

    def key(self) -> AddedKey:
        """Convert to the use case's input."""
        return AddedKey(account_id=self.account_id, mode=self.mode, requests_per_hour=self.requests_per_hour())


def read_operators_event(event: dict[str, Any]) -> NewAccount | AddedKey:
    """Parse the event of ``CreateAccountFunction``; `ValidationFailed`."""
    return AddKeyInput.parse(event).key() if "account_id" in event else CreateAccountInput.parse(event).account()


PaymentInstructionsChanges = Annotated[dict[Locale, Text | None], Field(max_length=2 * MOST_LANGUAGES)]
"""Texts to set or, with null, to remove; as many as it takes to replace them all."""


_SERIES_FIELDS: Mapping[DocumentType, Mapping[str, str]] = {
    "invoice": {"pattern": "pattern", "next": "next", "reset": "reset"},
    "credit_note": {"credit_note_pattern": "pattern", "credit_note_next": "next", "reset": "reset"},
}
"""The members of ``numbering`` that are fields of the default series."""


class NumberingInput(RequestBody):
    """The default series of documents: ``next`` is the value of the next invoice number in today's period.

    ``credit_note_next`` is that of credit notes; ``fiscal_year_start`` is a month.
    """

    pattern: Pattern = Field(default_factory=str)
    credit_note_pattern: Pattern = Field(default_factory=str)
    next: NextValue = Field(default_factory=int)
    credit_note_next: NextValue = Field(default_factory=int)
    reset: Reset = Field(default_factory=lambda: "yearly")
    fiscal_year_start: Month = Field(default_factory=int)
    assign_on: AssignOn = Field(default_factory=lambda: "issue")


def _instructions(changes: dict[str, str | None] | None) -> Merge | dict[str, str]:
    return {} if changes is None else Merge(changes, _texts)


def _texts(**texts: str) -> dict[str, str]:
    if len(texts) > MOST_LANGUAGES:
        message = (
            f"payment_instructions_by_locale must have at most {MOST_LANGUAGES} entries, those that stay included."
        )
        raise ValidationFailed(Detail("payment_instructions_by_locale", message, "TOO_MANY"))
    return texts


_OTHERWISE_NAMED = frozenset({"numbering", "locale", "locales"})


class UpdateAccountInput(PartyInput, InLanguages):
    """Body of ``PATCH /account``: a missing field stays, null clears an optional one, objects merge."""

    name: Name = Field(default_factory=str)
    currency: Currency = Field(default_factory=str)
    time_zone: TimeZone = Field(default_factory=str)
    locale: Locale = Field(default_factory=str)
    locales: Locales = Field(default_factory=list)
    payment_terms: Word = Field(default_factory=str)
    apply_credit: ApplyCredit = Field(default_factory=lambda: "manual")
    payment_instructions: Text | None = None
    payment_instructions_by_locale: PaymentInstructionsChanges | None = None
    bank_account: BankAccountInput | None = None
    bank_accounts: BankAccounts | None = None
    numbering: NumberingInput = Field(default_factory=NumberingInput)
    rounding: RoundingInput | None = None
    weekend: Annotated[list[Weekday], Field(max_length=len(WEEKDAYS) - 1)] = Field(default_factory=list)
    books_locked_until: CivilDate | None = None
    small_business: Annotated[bool, Field(strict=True)] = Field(default_factory=bool)
    late_fee: LateFeeInput | None = None
    bcc: Copies | None = None
    notifications: NotificationsInput | None = None
    searchable_metadata: MetadataKeys | None = None
    hosted_link_days: LinkDays | None = None
    logo: Word | None = None
    payment_codes: PaymentCodes | None = None
    payment_url: PaymentUrl | None = None
    retention_years: RetentionYears = Field(default_factory=int)

    def values(self) -> dict[str, Any]:
        """Return the given fields of `Account`, by name; nested objects as `Merge`. `ValidationFailed`."""
        if {"bank_account", "bank_accounts"} <= self.model_fields_set:
            message = "bank_account is the first of bank_accounts; send only one of them."
            raise ValidationFailed(Detail("bank_account", message, "VALUE_INVALID"))
        special = {
            "weekend": tuple(day for day in WEEKDAYS if day in self.weekend),
            "late_fee": self.late_fee.changes() if self.late_fee else None,
            "bcc": tuple(self.bcc or ()),
            "payment_codes": tuple(dict.fromkeys(self.payment_codes or ())),
            "notifications": self.notifications.merge(Notifications) if self.notifications else Notifications(),
            "rounding": self.rounding.merge(Rounding) if self.rounding else STANDARD,
            "searchable_metadata": tuple(dict.fromkeys(self.searchable_metadata or ())),
            "bank_account": self.bank_account.changes() if self.bank_account else None,
            "bank_accounts": tuple(each.account() for each in self.bank_accounts or ()),
            "payment_instructions_by_locale": _instructions(self.payment_instructions_by_locale),
        } | self.party_changes()
        given = {name: special.get(name, getattr(self, name)) for name in self.model_fields_set - _OTHERWISE_NAMED}
        given |= self.locale_changed
        of_account = self.numbering.model_fields_set & {"fiscal_year_start", "assign_on"}
        return given | {f"number_{name}": getattr(self.numbering, name) for name in of_account}

    def series(self) -> dict[DocumentType, dict[str, Any]]:
        """Return the given fields of the default series of each type of document, where there are any."""
        given = self.numbering.model_dump(exclude_unset=True)
        fields = {
            document_type: {field: given[name] for name, field in names.items() if name in given}
            for document_type, names in _SERIES_FIELDS.items()
        }
        return {document_type: values for document_type, values in fields.items() if values}
