"""Codec of the particulars of invoices, schedules and credit notes: what is not stated is not stored."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from invoicing.domain.invoices.particulars import (
    NO_PARTICULARS,
    CodedNote,
    CustomField,
    Particulars,
    Payee,
    PrecedingInvoice,
    ShipTo,
    TaxRepresentative,
)
from invoicing.domain.invoices.payment_means import PaymentMeans, PaymentReference
from invoicing.domain.parties.details import Address, Identifier, LegalRegistration, TaxId


def particulars_values(particulars: Particulars) -> dict[str, Any]:
    """Return what is packed, by the names of fields."""
    return {name: _stated(value) for name, value in asdict(particulars).items() if value not in (None, ())}


def particulars_from(values: dict[str, Any] | None) -> Particulars:
    """Read them; there are none where nothing is stored."""
    if not values:
        return NO_PARTICULARS
    return Particulars(**values | {name: read(values[name]) for name, read in _PARTS.items() if name in values})


def _stated(value: Any) -> Any:
    """Return a value without the empty members of objects within."""
    if isinstance(value, dict):
        return {name: _stated(member) for name, member in value.items() if member is not None}
    return [_stated(each) for each in value] if isinstance(value, tuple) else value


def _ship_to(values: dict[str, Any]) -> ShipTo:
    made = {"address": Address, "identifier": Identifier}
    return ShipTo(**values | {name: make(**values[name]) for name, make in made.items() if name in values})


def _payment_means(values: dict[str, Any]) -> PaymentMeans:
    reference = values.get("reference")
    return PaymentMeans(**values | {"reference": reference and PaymentReference(**reference)})


def _payee(values: dict[str, Any]) -> Payee:
    registration = values.get("legal_registration")
    return Payee(**values | {"legal_registration": registration and LegalRegistration(**registration)})


def _tax_representative(values: dict[str, Any]) -> TaxRepresentative:
    return TaxRepresentative(**values | {"address": Address(**values["address"]), "tax_id": TaxId(**values["tax_id"])})


def _preceding_invoice(values: dict[str, Any]) -> PrecedingInvoice:
    issued = values.get("issue_date")
    return PrecedingInvoice(**values | {"issue_date": issued and date.fromisoformat(issued)})


_PARTS: dict[str, Callable[[Any], Any]] = {
    "ship_to": _ship_to,
    "delivery_date": date.fromisoformat,
    "tax_point_date": date.fromisoformat,
    "payment_means": _payment_means,
    "payee": _payee,
    "tax_representative": _tax_representative,
    "preceding_invoices": lambda found: tuple(map(_preceding_invoice, found)),
    "coded_notes": lambda found: tuple(CodedNote(**each) for each in found),
    "custom_fields": lambda found: tuple(CustomField(**each) for each in found),
}
"""How parts are read that are no texts."""
