"""Particulars: what an invoice states beside its amounts, as law and trade ask (EN 16931; Directive 2006/112/EC, 226).

The client gives them, nothing is computed from them, and they are frozen when the invoice is issued.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.invoices.payment_means import PaymentMeans, normalized_means, wrong_in_means
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.details import Address, Identifier, LegalRegistration, TaxId

MOST_YEARS = 10
"""By how many years dates may differ from that of the invoice: others are mistyped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipTo:
    """Where the goods are delivered: ``name`` is BT-70, ``identifier`` BT-71, ``address`` BG-15."""

    name: str | None = None
    address: Address | None = None
    identifier: Identifier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Who is paid instead of the seller: ``name`` is BT-59, ``id`` BT-60, ``legal_registration`` BT-61."""

    name: str
    id: str | None = None
    legal_registration: LegalRegistration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRepresentative:
    """Who owes the seller's tax: ``name`` is BT-62, ``tax_id`` BT-63, ``address`` BG-12."""

    name: str
    address: Address
    tax_id: TaxId


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedingInvoice:
    """An earlier invoice that this one belongs to, such as one of a part payment: BT-25, BT-26."""

    number: str
    issue_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedNote:
    """A note with its subject as a code of UNTDID 4451: BT-21, BT-22."""

    subject_code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """A fact of the seller's own, printed with its name."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What an invoice states beside its amounts; ``bool`` says whether there is anything.

    ``ship_to`` is BG-13, ``delivery_date`` BT-72, ``tax_point_date`` BT-7. References: ``buyer_reference`` is BT-10,
    ``contract_reference`` BT-12, ``project_reference`` BT-11, ``sales_order`` BT-14, ``accounting_reference`` BT-19,
    ``despatch_reference`` BT-16, ``receiving_reference`` BT-15, ``tender_reference`` BT-17; ``reference`` is the
    seller's own, ``estimate_id`` the estimate that the invoice follows, which is not printed. ``document_title`` stands
    instead of "Invoice". ``payment_means`` is BG-16, ``payee`` BG-10, ``tax_representative`` BG-11,
    ``preceding_invoices`` BG-3, ``coded_notes`` BG-1.
    """

    ship_to: ShipTo | None = None
    delivery_date: date | None = None
    tax_point_date: date | None = None
    buyer_reference: str | None = None
    contract_reference: str | None = None
    project_reference: str | None = None
    sales_order: str | None = None
    accounting_reference: str | None = None
    despatch_reference: str | None = None
    receiving_reference: str | None = None
    tender_reference: str | None = None
    reference: str | None = None
    estimate_id: str | None = None
    document_title: str | None = None
    payment_means: PaymentMeans | None = None
    payee: Payee | None = None
    tax_representative: TaxRepresentative | None = None
    preceding_invoices: tuple[PrecedingInvoice, ...] = ()
    coded_notes: tuple[CodedNote, ...] = ()
    custom_fields: tuple[CustomField, ...] = ()

    def __bool__(self) -> bool:
        return self != NO_PARTICULARS


NO_PARTICULARS = Particulars()
"""Those of a plain invoice."""

NAMES = tuple(field.name for field in fields(Particulars))

_OF_CREDIT_NOTES = (
    "buyer_reference", "contract_reference", "project_reference", "sales_order", "accounting_reference",
    "tender_reference", "reference", "tax_representative",
)  # fmt: skip


def checked(particulars: Particulars, issue_date: date) -> Particulars:
    """Return particulars with identifiers in their usual form; `ValidationFailed` names all that is wrong."""
    if not particulars:
        return particulars
    if particulars.payment_means:
        particulars = replace(particulars, payment_means=normalized_means(particulars.payment_means))
    if wrong := [*_wrong(particulars, issue_date)]:
        raise ValidationFailed(*wrong)
    return particulars


def follow_buyer(particulars: Particulars, buyer: Buyer) -> Particulars:
    """Return the particulars with what the buyer always wants, where they say nothing else: reference and address."""
    found = particulars
    if buyer.buyer_reference and found.buyer_reference is None:
        found = replace(found, buyer_reference=buyer.buyer_reference)
    if buyer.shipping_address and found.ship_to is None:
        found = replace(found, ship_to=ShipTo(address=buyer.shipping_address))
    return found


def for_another_supply(particulars: Particulars) -> Particulars:
    """Return what the invoice of another supply states too: no dates, and no reference to one delivery or payment."""
    means = particulars.payment_means
    return replace(
        particulars,
        delivery_date=None,
        tax_point_date=None,
        despatch_reference=None,
        receiving_reference=None,
        estimate_id=None,
        preceding_invoices=(),
        payment_means=means and replace(means, reference=None),
    )


def for_credit_note(particulars: Particulars) -> Particulars:
    """Return what a credit note repeats of its invoice: references by which the customer books it."""
    return replace(NO_PARTICULARS, **{name: getattr(particulars, name) for name in _OF_CREDIT_NOTES})


def changed_particulars(before: Particulars, after: Particulars) -> list[str]:
    """Return the names of the particulars that differ."""
    return [name for name in NAMES if getattr(before, name) != getattr(after, name)]


def _wrong(particulars: Particulars, issue_date: date) -> Iterator[Detail]:
    for name in ("delivery_date", "tax_point_date"):
        day: date | None = getattr(particulars, name)
        if day and abs(day.year - issue_date.year) > MOST_YEARS:
            message = f"{name} must be within {MOST_YEARS} years of issue_date, {issue_date}."
            yield Detail(name, message, "DATE_INVALID", day.isoformat())
    for index, each in enumerate(particulars.preceding_invoices):
        if each.issue_date and each.issue_date > issue_date:
            path = f"preceding_invoices[{index}].issue_date"
            message = f"{path} must not be after issue_date, {issue_date}."
            yield Detail(path, message, "DATE_INVALID", each.issue_date.isoformat())
    if particulars.payment_means:
        yield from wrong_in_means(particulars.payment_means)
