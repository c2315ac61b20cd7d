"""Codec of accounts, customers and their copies on documents."""

from datetime import date
from decimal import Decimal
from typing import Any

from invoicing.domain.late_fees.late_fee import LateFee, Rate, Tier
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.details import Address, BankAccount, TaxId
from invoicing.storage.dynamodb.item_codec import decimal, instants


def buyer_from(values: dict[str, Any]) -> Buyer:
    """Read the copy of a customer."""
    return Buyer(**buyer_parts(values))


def seller_from(values: dict[str, Any]) -> Seller:
    """Read the copy of an account."""
    return Seller(**seller_parts(values))


def buyer_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Read the fields of a customer or its copy that are values of their own."""
    return values | _address_parts(values) | {"cc_emails": tuple(values["cc_emails"])}


def seller_parts(values: dict[str, Any]) -> dict[str, Any]:
    """Read the fields of an account or its copy that are values of their own."""
    bank_account = values["bank_account"]
    return values | _address_parts(values) | {"bank_account": BankAccount(**bank_account) if bank_account else None}


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


def _address_parts(values: dict[str, Any]) -> dict[str, Any]:
    address = values["address"]
    return {
        "address": Address(**address) if address else None,
        "tax_ids": tuple(TaxId(**tax_id) for tax_id in values["tax_ids"]),
    }
