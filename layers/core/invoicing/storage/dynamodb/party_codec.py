"""Codec of accounts, customers and their copies on documents."""

from typing import Any

from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.details import Address, BankAccount, TaxId


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


def _address_parts(values: dict[str, Any]) -> dict[str, Any]:
    address = values["address"]
    return {
        "address": Address(**address) if address else None,
        "tax_ids": tuple(TaxId(**tax_id) for tax_id in values["tax_ids"]),
    }
