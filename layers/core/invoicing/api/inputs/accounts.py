"""Bodies of requests about the account, and the event that creates one."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.customers import AddressInput, TaxIds
from invoicing.api.inputs.fields import (
    CivilDate,
    Country,
    Currency,
    Email,
    Locale,
    Name,
    Text,
    Word,
    whole_number_check,
    whole_number_schema,
)
from invoicing.api.inputs.late_fees import LateFeeInput
from invoicing.api.inputs.notifications import NotificationsInput
from invoicing.api.inputs.number_series import NextValue, Pattern
from invoicing.api.inputs.rounding import RoundingInput
from invoicing.domain.access.caller import LIMITS, STANDARD_LIMIT, Mode, Plan
from invoicing.domain.calendar import WEEKDAYS, Weekday
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.money.rounding import STANDARD, Rounding
from invoicing.domain.numbering.series import AssignOn
from invoicing.domain.numbering.settings import DocumentType, Reset
from invoicing.domain.parties.bank_account import is_bic, is_iban
from invoicing.domain.parties.details import Address, ApplyCredit, BankAccount
from invoicing.domain.parties.notifications import Notifications
from invoicing.operations.account.create_account import AddedKey, NewAccount

MOST_PER_HOUR = 3_600_000
"""Highest rate limit: each request is counted on its key's item, and DynamoDB writes one item 1,000 times a second."""

MOST_COPIES = 5
"""The most addresses that get a copy: each costs an e-mail, and a place in the transaction that orders it."""

_ACCOUNT_ID = re.compile(r"acc_[A-Za-z0-9]+")


_time_zones = cache(available_timezones)
"""The names of all zones; finding them is a walk through the file system."""


def _time_zone(value: str) -> str:
    if value not in _time_zones():
        raise PydanticCustomError("TIME_ZONE_INVALID", "must be an IANA time zone such as Europe/Vienna")
    return value


def _iban(value: str) -> str:
    """Normalize an IBAN: stored without the spaces that people write it with."""
    iban = value.replace(" ", "").upper()
    if not is_iban(iban):
        raise PydanticCustomError("IBAN_INVALID", "must be a valid IBAN; check its length and check digits")
    return iban


def _bic(value: str) -> str:
    bic = value.replace(" ", "").upper()
    if not is_bic(bic):
        raise PydanticCustomError("BIC_INVALID", "must be a BIC of 8 or 11 letters and digits")
    return bic


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
Month = Annotated[int, PlainValidator(whole_number_check(1, 12)), whole_number_schema(1, 12)]


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
            message = f"rate_limit cannot change the {self.plan} plan's {limit:,} requests per hour; send one of both."
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


class BankAccountInput(RequestBody):
    """The account that customers pay to: ISO 13616 IBAN, ISO 9362 BIC."""

    iban: Annotated[str, StringConstraints(strict=True, max_length=60), AfterValidator(_iban)] | None = None
    bic: Annotated[str, StringConstraints(strict=True, max_length=20), AfterValidator(_bic)] | None = None
    holder: Name | None = None


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


class UpdateAccountInput(RequestBody):
    """Body of ``PATCH /account``: a missing field stays, null clears an optional one, objects merge."""

    name: Name = Field(default_factory=str)
    email: Email | None = None
    address: AddressInput | None = None
    tax_ids: TaxIds | None = None
    currency: Currency = Field(default_factory=str)
    time_zone: TimeZone = Field(default_factory=str)
    locale: Locale = Field(default_factory=str)
    payment_terms: Word = Field(default_factory=str)
    apply_credit: ApplyCredit = Field(default_factory=lambda: "manual")
    payment_instructions: Text | None = None
    bank_account: BankAccountInput | None = None
    numbering: NumberingInput = Field(default_factory=NumberingInput)
    rounding: RoundingInput | None = None
    weekend: Annotated[list[Weekday], Field(max_length=len(WEEKDAYS) - 1)] = Field(default_factory=list)
    books_locked_until: CivilDate | None = None
    small_business: Annotated[bool, Field(strict=True)] = Field(default_factory=bool)
    late_fee: LateFeeInput | None = None
    bcc: Copies | None = None
    notifications: NotificationsInput | None = None

    def values(self) -> dict[str, Any]:
        """Return the given fields of `Account`, by name; nested objects as `Merge`."""
        special = {
            "address": self.address.merge(Address) if self.address else None,
            "tax_ids": tuple(tax_id.tax_id() for tax_id in self.tax_ids or ()),
            "weekend": tuple(day for day in WEEKDAYS if day in self.weekend),
            "late_fee": self.late_fee.changes() if self.late_fee else None,
            "bcc": tuple(self.bcc or ()),
            "notifications": self.notifications.merge(Notifications) if self.notifications else Notifications(),
            "rounding": self.rounding.merge(Rounding) if self.rounding else STANDARD,
            "bank_account": self.bank_account.merge(BankAccount) if self.bank_account else None,
        }
        given = {name: special.get(name, getattr(self, name)) for name in self.model_fields_set - {"numbering"}}
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
