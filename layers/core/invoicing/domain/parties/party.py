"""What is known of every party to an invoice: sellers and buyers, and their copies on documents."""

from dataclasses import fields
from operator import attrgetter
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.parties.details import Address, Contact, ElectronicAddress, Identifier, LegalRegistration, TaxId


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A business or person, with the terms of EN 16931 of a seller and a buyer.

    ``name`` is the legal name (BT-27, BT-44) and ``trading_name`` the one it is known by (BT-28, BT-45).
    ``legal_information`` is what the law wants of a company beside it: register court, directors, capital (BT-33).
    ``website`` is an http or https URL.
    """

    name: str
    trading_name: str | None = None
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    address: Address | None = None
    tax_ids: tuple[TaxId, ...] = ()
    legal_registration: LegalRegistration | None = None
    legal_information: str | None = None
    identifier: Identifier | None = None
    electronic_address: ElectronicAddress | None = None
    contact: Contact | None = None


PARTY_FIELDS = tuple(field.name for field in fields(Party))
"""The names of what every party has."""

_VALUES = attrgetter(*PARTY_FIELDS)


def party_values(party: Party) -> dict[str, Any]:
    """Return the fields that a copy of a party takes over, by name."""
    return dict(zip(PARTY_FIELDS, _VALUES(party), strict=True))
