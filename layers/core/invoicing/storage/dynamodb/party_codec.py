"""Codec of accounts, customers and their copies on documents."""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from invoicing.domain.late_fees.late_fee import LateFee, Rate, Tier
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.details import (
    Address,
    BankAccount,
    Contact,
    ElectronicAddress,
    Identifier,
    LegalRegistration,
    Routing,
    TaxId,
)
from invoicing.domain.parties.logo import Logo
from invoicing.storage.dynamodb.item_codec import decimal, instants

_NO_DEFAULT = object()
_PARTS: dict[str, Callable[..., Any]] = {
    "address": Address,
    "legal_registration": LegalRegistration,
    "identifier": Identifier,
    "electronic_address": ElectronicAddress,
    "contact": Contact,
}
"""The objects of a party."""


def buyer_from(values: dict[str, Any]) -> Buyer:
    """Read the copy of a customer."""
    return Buyer(**buyer_parts(values))


def seller_from(values: dict[str, Any]) -> Seller:
    """Read the copy of an account."""
    parts = party_parts(values)
    if values.get("bank_account"):
        parts["bank_account"] = bank_account_from(values["bank_account"])
    return Seller(**values | parts | _shown_parts(values))


def buyer_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Read the fields of a customer or its copy that are values of their own."""
    parts = party_parts(values)
    if values.get("shipping_address"):
        parts["shipping_address"] = Address(**values["shipping_address"])
    if "cc_emails" in values:
        parts["cc_emails"] = tuple(values["cc_emails"])
    return values | parts


def account_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Read the fields of an account that are values of their own."""
    parts = party_parts(values)
    if "bank_accounts" in values:
        parts["bank_accounts"] = tuple(map(bank_account_from, values["bank_accounts"]))
    return values | parts | _shown_parts(values)


def _shown_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Read what an account or its copy shows beside its data: the logo, and codes to pay by."""
    return {"logo": logo_from(values.get("logo")), "payment_codes": tuple(values.get("payment_codes", ()))}


def party_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Read the fields of any party that are values of their own."""
    parts: dict[str, Any] = {name: make(**values[name]) for name, make in _PARTS.items() if values.get(name)}
    if "tax_ids" in values:
        parts["tax_ids"] = tuple(TaxId(**tax_id) for tax_id in values["tax_ids"])
    return parts


def bank_account_from(values: dict[str, Any]) -> BankAccount:
    """Read a bank account."""
    routing = values.get("routing")
    return BankAccount(**values | {"routing": Routing(**routing) if routing else None})


def given_values(entity: Any) -> dict[str, Any]:
    """Return the fields of an entity, by name, without those that have their default: most have none of most."""
    kind: Any = type(entity)
    return {name: value for name, usual in _defaults_of(kind) if (value := getattr(entity, name)) != usual}


@cache
def _defaults_of(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((each.name, _default_of(each)) for each in fields(kind))


def _default_of(each: Field[Any]) -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return _NO_DEFAULT if each.default is MISSING else each.default


def logo_from(values: dict[str, Any] | None) -> Logo | None:
    """Read the logo of an account or its copy."""
    return Logo(**values) if values else None


def late_fee_from(values: dict[str, Any] | None) -> LateFee | None:
    """Read the late fee of an account or customer."""
    if values is None:
        return None
    exact = {name: decimal(values[name]) for name in ("value", "maximum", "tax_rate")}
    parts = {
        "rates": tuple(Rate(date.fromisoformat(each["begins"]), Decimal(each["value"])) for each in values["rates"]),
        "tiers": tuple(Tier(Decimal(each["from_amount"]), Decimal(each["value"])) for each in values["tiers"]),
    }
    return LateFee(**values | exact | parts | instants(values, "automatic_since"))
