"""Bodies of requests about the account, and the event that creates one."""

from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.customers import AddressInput, TaxIds
from invoicing.api.inputs.fields import Country, Currency, Email, Locale, Name, Text, Word
from invoicing.domain.access.caller import Mode
from invoicing.domain.numbering.series import LONGEST_PATTERN, AssignOn, Reset
from invoicing.domain.parties.bank_account import is_bic, is_iban
from invoicing.domain.parties.details import BankAccount
from invoicing.operations.account.create_account import NewAccount


def _time_zone(value: str) -> str:
    if value not in available_timezones():
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


TimeZone = Annotated[str, StringConstraints(strict=True, max_length=64), AfterValidator(_time_zone)]


class CreateAccountInput(RequestBody):
    """Event of ``CreateAccountFunction``."""

    name: Name
    email: Email | None = None
    currency: Currency = "USD"
    time_zone: TimeZone = "UTC"
    locale: Locale = "en"
    country: Country | None = None
    payment_terms: Word = "Net 30"
    mode: Mode = "test"

    def account(self) -> NewAccount:
        """Convert to the use case's input."""
        return NewAccount(**self.model_dump())


class BankAccountInput(RequestBody):
    """The account that customers pay to: ISO 13616 IBAN, ISO 9362 BIC."""

    iban: Annotated[str, StringConstraints(strict=True, max_length=60), AfterValidator(_iban)] | None = None
    bic: Annotated[str, StringConstraints(strict=True, max_length=20), AfterValidator(_bic)] | None = None
    holder: Name | None = None


Pattern = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_PATTERN)]


class NumberingInput(RequestBody):
    """The numbering of documents: ``next`` is the value of the next invoice number in today's period."""

    pattern: Pattern = Field(default_factory=str)
    credit_note_pattern: Pattern = Field(default_factory=str)
    next: Annotated[int, Field(strict=True, ge=1, le=10**9)] = Field(default_factory=int)
    reset: Reset = Field(default_factory=lambda: "yearly")
    assign_on: AssignOn = Field(default_factory=lambda: "issue")


class UpdateAccountInput(RequestBody):
    """Body of ``PATCH /account``: a missing field stays, null clears an optional one."""

    name: Name = Field(default_factory=str)
    email: Email | None = None
    address: AddressInput | None = None
    tax_ids: TaxIds | None = None
    currency: Currency = Field(default_factory=str)
    time_zone: TimeZone = Field(default_factory=str)
    locale: Locale = Field(default_factory=str)
    payment_terms: Word = Field(default_factory=str)
    payment_instructions: Text | None = None
    bank_account: BankAccountInput | None = None
    numbering: NumberingInput = Field(default_factory=NumberingInput)

    def values(self) -> dict[str, Any]:
        """Return the given fields of `Account`, by name."""
        bank_account = self.bank_account
        special = {
            "address": self.address.address() if self.address else None,
            "tax_ids": tuple(tax_id.tax_id() for tax_id in self.tax_ids or ()),
            "bank_account": BankAccount(**bank_account.model_dump()) if bank_account else None,
        }
        given = {name: special.get(name, getattr(self, name)) for name in self.model_fields_set - {"numbering"}}
        numbering = self.numbering.model_fields_set - {"next"}
        return given | {f"number_{name}": getattr(self.numbering, name) for name in numbering}

    def next_value(self) -> int | None:
        """Return the next number, None when it stays."""
        return self.numbering.next if "next" in self.numbering.model_fields_set else None
