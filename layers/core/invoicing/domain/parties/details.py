"""Details of accounts and customers: addresses, registrations, contacts, bank accounts."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Literal

from invoicing.dataclass import dataclass

ApplyCredit = Literal["manual", "auto"]
"""Who applies customer credit to a new invoice: a client, or issuing it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; ``country`` is an ISO 3166-1 alpha-2 code."""

    line1: str | None = None
    line2: str | None = None
    line3: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxId:
    """A tax registration: ``type`` is one of `invoicing.domain.parties.tax_ids`; its number is as it is printed."""

    type: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRegistration:
    """An entry in a register of companies (EN 16931 BT-30, BT-47); ``scheme`` is the register's ISO 6523 code."""

    value: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A number by which trade knows a party or a place, such as a GLN (EN 16931 BT-29, BT-46, BT-71).

    ``scheme`` is its ISO 6523 code; 0088 is that of GLNs, whose check digit is right.
    """

    value: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicAddress:
    """Where e-invoices are delivered (EN 16931 BT-34, BT-49); ``scheme`` is a code of the CEF list EAS."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to ask about invoices (EN 16931 BG-6, BG-9)."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None


RoutingType = Literal["other", "aba", "bsb", "cnaps", "ifsc", "sort_code", "transit", "zengin"]
"""The national codes that name a bank or its branch where there is no IBAN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """The national code of a bank or branch, as it is printed."""

    type: RoutingType
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """An account that customers pay to: ISO 13616 IBAN and ISO 9362 BIC, or a national number with its ``routing``.

    Invoices in ``currency`` are paid to it; None is for all that no other account is for. ``upi_id`` is its address in
    India's Unified Payments Interface.
    """

    currency: str | None = None
    iban: str | None = None
    bic: str | None = None
    account_number: str | None = None
    routing: Routing | None = None
    holder: str | None = None
    bank_name: str | None = None
    upi_id: str | None = None


def account_for(accounts: Sequence[BankAccount], currency: str) -> BankAccount | None:
    """Return the first account for a currency, else the first without a currency, else the first; None of none."""
    by_rank = (
        (each for each in accounts if each.currency == currency),
        (each for each in accounts if each.currency is None),
        iter(accounts),
    )
    return next(chain(*by_rank), None)


def changed_names(before: object, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the values that differ from an entity's, in alphabetical order."""
    return tuple(sorted(name for name, value in values.items() if getattr(before, name) != value))
