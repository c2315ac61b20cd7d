"""Details that accounts and customers share: address, tax registrations, bank account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

ApplyCredit = Literal["manual", "auto"]
"""Who applies customer credit to a new invoice: a client, or issuing it."""


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
    """The account that customers pay to: ISO 13616 IBAN, ISO 9362 BIC."""

    iban: str | None = None
    bic: str | None = None
    holder: str | None = None


def changed_names(before: object, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the values that differ from an entity's, in alphabetical order."""
    return tuple(sorted(name for name, value in values.items() if getattr(before, name) != value))
