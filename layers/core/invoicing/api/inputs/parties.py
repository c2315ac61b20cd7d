"""What requests say of accounts and customers alike: addresses, registrations, contacts."""

import re
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import LONGEST_WORD, AddressPart, Country, Email, Name, Word
from invoicing.domain.merging import Merge
from invoicing.domain.parties.details import Address, Contact, ElectronicAddress, Identifier, LegalRegistration, TaxId
from invoicing.domain.parties.party import PARTY_FIELDS
from invoicing.domain.parties.tax_ids import TAX_ID_TYPES, WrongTaxId, standard_tax_id

GLN = "0088"
"""The ISO 6523 code of Global Location Numbers."""

LONGEST_WEBSITE = 250
LONGEST_LEGAL_INFORMATION = 500

_ICD = re.compile(r"[0-9]{4}")
_EAS = re.compile(r"[0-9]{4}|[A-Z]{2}")


def _tax_id_type(value: str) -> str:
    if value not in TAX_ID_TYPES:
        raise PydanticCustomError("VALUE_INVALID", "must be one of {known}", {"known": ", ".join(TAX_ID_TYPES)})
    return value


def _icd(value: str) -> str:
    if not _ICD.fullmatch(value):
        raise PydanticCustomError("SCHEME_INVALID", "must be an ISO 6523 code of 4 digits such as 0002")
    return value


def _eas(value: str) -> str:
    if not _EAS.fullmatch(value):
        raise PydanticCustomError("SCHEME_INVALID", "must be a code of the EAS list such as 0088, 9930 or EM")
    return value


def _website(value: str) -> str:
    wrong = PydanticCustomError("URL_INVALID", "must be an http or https URL without user name and password")
    try:
        parts = urlsplit(value)
        is_right = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    except ValueError:
        raise wrong from None
    if not is_right or not value.isprintable() or " " in value:
        raise wrong
    return value


TaxIdTypeName = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_tax_id_type),
    WithJsonSchema({"type": "string", "enum": list(TAX_ID_TYPES)}),
]
IcdScheme = Annotated[str, StringConstraints(strict=True, max_length=4), AfterValidator(_icd)]
EasScheme = Annotated[str, StringConstraints(strict=True, max_length=4), AfterValidator(_eas)]
Website = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_WEBSITE), AfterValidator(_website)
]
LegalInformation = Annotated[
    str, StringConstraints(strict=True, strip_whitespace=True, max_length=LONGEST_LEGAL_INFORMATION)
]
Number = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=LONGEST_WORD)]


class AddressInput(RequestBody):
    """A postal address."""

    line1: AddressPart | None = None
    line2: AddressPart | None = None
    line3: AddressPart | None = None
    city: AddressPart | None = None
    state: AddressPart | None = None
    postal_code: AddressPart | None = None
    country: Country | None = None

    def address(self) -> Address:
        """Convert to the domain's value."""
        return Address(**self.model_dump())


class TaxIdInput(RequestBody):
    """A tax registration; the value is checked by the rules of its type and kept in its usual form."""

    type: TaxIdTypeName
    value: Number

    @field_validator("value")
    @classmethod
    def _standard(cls, value: str, info: ValidationInfo) -> str:
        if "type" not in info.data:
            return value
        kind = info.data["type"]
        try:
            return standard_tax_id(kind, value)
        except WrongTaxId as error:
            context = {"kind": kind, "example": TAX_ID_TYPES[kind].example, "reason": str(error)}
            message = "must be a valid {kind} such as {example}; {reason}"
            raise PydanticCustomError("TAX_ID_INVALID", message, context) from None

    def tax_id(self) -> TaxId:
        """Convert to the domain's value."""
        return TaxId(type=self.type, value=self.value)


TaxIds = Annotated[list[TaxIdInput], Field(max_length=10)]


class LegalRegistrationInput(RequestBody):
    """An entry in a register of companies."""

    value: Number
    scheme: IcdScheme | None = None

    def registration(self) -> LegalRegistration:
        """Convert to the domain's value."""
        return LegalRegistration(value=self.value, scheme=self.scheme)


class IdentifierInput(RequestBody):
    """A number by which trade knows a party or a place; that of a GLN has a check digit."""

    value: Number
    scheme: IcdScheme | None = None

    @model_validator(mode="after")
    def _gln(self) -> Self:
        if self.scheme == GLN:
            from stdnum import ean  # noqa: PLC0415

            if not (len(self.value) == 13 and ean.is_valid(self.value)):
                raise PydanticCustomError("IDENTIFIER_INVALID", "must be a GLN of 13 digits with its check digit")
        return self

    def identifier(self) -> Identifier:
        """Convert to the domain's value."""
        return Identifier(value=self.value, scheme=self.scheme)


class IdentifierChanges(RequestBody):
    """Changes of an identifier."""

    value: Number | None = None
    scheme: IcdScheme | None = None


class ElectronicAddressInput(RequestBody):
    """Where e-invoices are delivered."""

    scheme: EasScheme
    value: Number


class ContactInput(RequestBody):
    """Whom to ask about invoices."""

    name: Name | None = None
    phone: Word | None = None
    email: Email | None = None


class PartyInput(RequestBody):
    """The optional fields that accounts and customers share."""

    trading_name: Name | None = None
    email: Email | None = None
    phone: Word | None = None
    website: Website | None = None
    address: AddressInput | None = None
    tax_ids: TaxIds | None = None
    legal_registration: LegalRegistrationInput | None = None
    legal_information: LegalInformation | None = None
    identifier: IdentifierChanges | None = None
    electronic_address: ElectronicAddressInput | None = None
    contact: ContactInput | None = None

    def party_changes(self) -> dict[str, Any]:
        """Return the given fields of a party, by name; nested objects as `Merge`."""
        given = {name: getattr(self, name) for name in PARTY_FIELDS if name in self.model_fields_set}
        for name, make in _NESTED.items():
            if given.get(name) is not None:
                given[name] = given[name].merge(make)
        if "tax_ids" in given:
            given["tax_ids"] = tuple(tax_id.tax_id() for tax_id in self.tax_ids or ())
        return given

    def party_values(self) -> dict[str, Any]:
        """Return the given fields of a new party, by name."""
        changes = self.party_changes()
        return {name: each.into(None) if isinstance(each, Merge) else each for name, each in changes.items()}


_NESTED = {
    "address": Address,
    "legal_registration": LegalRegistration,
    "identifier": lambda **members: IdentifierInput.parse(members, within="identifier").identifier(),
    "electronic_address": ElectronicAddress,
    "contact": Contact,
}
"""The fields of a party that are objects, and what they become."""
