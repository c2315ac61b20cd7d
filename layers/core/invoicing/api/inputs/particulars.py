"""Particulars of invoices in request bodies: what they state beside their amounts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody, converted
from invoicing.api.inputs.fields import CivilDate, Description, Name, Word
from invoicing.api.inputs.parties import (
    AddressInput,
    IdentifierChanges,
    IdentifierInput,
    LegalRegistrationInput,
    TaxIdInput,
)
from invoicing.domain.invoices.particulars import (
    NAMES,
    CodedNote,
    CustomField,
    Particulars,
    Payee,
    PrecedingInvoice,
    ShipTo,
    TaxRepresentative,
)
from invoicing.domain.invoices.payment_means import PaymentMeans, PaymentMeansCode, PaymentReference, ReferenceType
from invoicing.domain.merging import Merge

MOST_PRECEDING = 20
MOST_CODED_NOTES = 10
MOST_CUSTOM_FIELDS = 4

Title = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=60)]
FieldName = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=50)]


def _subject_code(value: str) -> str:
    if not re.fullmatch("[A-Z]{3}", value):
        raise PydanticCustomError("VALUE_INVALID", "must be a code of UNTDID 4451, three capital letters such as AAI")
    return value


SubjectCode = Annotated[
    str,
    StringConstraints(strict=True, max_length=3),
    AfterValidator(_subject_code),
    WithJsonSchema({"type": "string", "maxLength": 3, "pattern": "^[A-Z]{3}$"}),
]


class ShipToInput(RequestBody):
    """Where the goods are delivered."""

    name: Name | None = None
    address: AddressInput | None = None
    identifier: IdentifierInput | None = None

    def value(self) -> ShipTo:
        """Convert to the domain's value."""
        return ShipTo(
            name=self.name,
            address=self.address.address() if self.address else None,
            identifier=self.identifier.identifier() if self.identifier else None,
        )


class ShipToChanges(RequestBody):
    """Changes of where the goods are delivered."""

    name: Name | None = None
    address: AddressInput | None = None
    identifier: IdentifierChanges | None = None


class PaymentReferenceInput(RequestBody):
    """A structured reference that the customer gives with its payment."""

    type: ReferenceType
    value: Word


class PaymentMeansInput(RequestBody):
    """How the invoice is paid; ``code`` is one of UN/CL 4461."""

    code: PaymentMeansCode
    mandate_reference: Word | None = None
    creditor_id: Word | None = None
    debited_iban: Word | None = None
    reference: PaymentReferenceInput | None = None

    def value(self) -> PaymentMeans:
        """Convert to the domain's value."""
        given = self.reference
        reference = PaymentReference(type=given.type, value=given.value) if given else None
        return PaymentMeans(**self.model_dump(exclude={"reference"}), reference=reference)


class PayeeInput(RequestBody):
    """Who is paid instead of the seller."""

    name: Name
    id: Word | None = None
    legal_registration: LegalRegistrationInput | None = None

    def value(self) -> Payee:
        """Convert to the domain's value."""
        given = self.legal_registration
        return Payee(name=self.name, id=self.id, legal_registration=given.registration() if given else None)


class TaxRepresentativeInput(RequestBody):
    """Who owes the seller's tax."""

    name: Name
    address: AddressInput
    tax_id: TaxIdInput

    def value(self) -> TaxRepresentative:
        """Convert to the domain's value."""
        return TaxRepresentative(name=self.name, address=self.address.address(), tax_id=self.tax_id.tax_id())


class PrecedingInvoiceInput(RequestBody):
    """An earlier invoice that this one belongs to."""

    number: Word
    issue_date: CivilDate | None = None


class CodedNoteInput(RequestBody):
    """A note with its subject as a code of UNTDID 4451."""

    subject_code: SubjectCode
    text: Description


class CustomFieldInput(RequestBody):
    """A fact of the seller's own, printed with its name."""

    name: FieldName
    value: Name


def _each(kind: Callable[..., Any]) -> Callable[[list[RequestBody]], tuple[Any, ...]]:
    return lambda given: tuple(kind(**dict(each)) for each in given)


PrecedingInvoices = Annotated[
    tuple[PrecedingInvoice, ...],
    converted(Annotated[list[PrecedingInvoiceInput], Field(max_length=MOST_PRECEDING)], _each(PrecedingInvoice)),
]
CodedNotes = Annotated[
    tuple[CodedNote, ...],
    converted(Annotated[list[CodedNoteInput], Field(max_length=MOST_CODED_NOTES)], _each(CodedNote)),
]
CustomFields = Annotated[
    tuple[CustomField, ...],
    converted(Annotated[list[CustomFieldInput], Field(max_length=MOST_CUSTOM_FIELDS)], _each(CustomField)),
]


class _StandingTexts(RequestBody):
    """Particulars that are the same on each invoice of a schedule, apart from objects; null: not stated."""

    buyer_reference: Word | None = None
    contract_reference: Word | None = None
    project_reference: Word | None = None
    sales_order: Word | None = None
    accounting_reference: Word | None = None
    tender_reference: Word | None = None
    reference: Word | None = None
    document_title: Title | None = None
    coded_notes: CodedNotes | None = None
    custom_fields: CustomFields | None = None


class OfOneSupply(RequestBody):
    """Particulars of one supply, which the invoices of a schedule have not; null: not stated."""

    delivery_date: CivilDate | None = None
    tax_point_date: CivilDate | None = None
    despatch_reference: Word | None = None
    receiving_reference: Word | None = None
    estimate_id: Word | None = None
    preceding_invoices: PrecedingInvoices | None = None


class StandingParticulars(_StandingTexts):
    """Particulars that are the same on each invoice of a schedule."""

    ship_to: Annotated[ShipTo, converted(ShipToInput, ShipToInput.value)] | None = None
    payment_means: Annotated[PaymentMeans, converted(PaymentMeansInput, PaymentMeansInput.value)] | None = None
    payee: Annotated[Payee, converted(PayeeInput, PayeeInput.value)] | None = None
    tax_representative: (
        Annotated[TaxRepresentative, converted(TaxRepresentativeInput, TaxRepresentativeInput.value)] | None
    ) = None

    def particulars(self) -> Particulars:
        """Convert to the domain's value: all particulars that this body has."""
        given = {name: value for name in NAMES if (value := getattr(self, name, None)) is not None}
        return Particulars(**given)


class PaymentReferenceChanges(RequestBody):
    """Changes of a structured reference."""

    type: ReferenceType | None = None
    value: Word | None = None


class PaymentMeansChanges(RequestBody):
    """Changes of how the invoice is paid."""

    code: PaymentMeansCode | None = None
    mandate_reference: Word | None = None
    creditor_id: Word | None = None
    debited_iban: Word | None = None
    reference: PaymentReferenceChanges | None = None


class LegalRegistrationChanges(RequestBody):
    """Changes of a number in a register."""

    value: Word | None = None
    scheme: Word | None = None


class PayeeChanges(RequestBody):
    """Changes of who is paid instead of the seller."""

    name: Name | None = None
    id: Word | None = None
    legal_registration: LegalRegistrationChanges | None = None


class TaxIdChanges(RequestBody):
    """Changes of a tax registration."""

    type: Word | None = None
    value: Word | None = None


class TaxRepresentativeChanges(RequestBody):
    """Changes of who owes the seller's tax."""

    name: Name | None = None
    address: AddressInput | None = None
    tax_id: TaxIdChanges | None = None


_OBJECTS: Mapping[str, type[ShipToInput | PaymentMeansInput | PayeeInput | TaxRepresentativeInput]] = {
    "ship_to": ShipToInput,
    "payment_means": PaymentMeansInput,
    "payee": PayeeInput,
    "tax_representative": TaxRepresentativeInput,
}
"""How objects that result from changes are checked as wholes."""


class ParticularsChanges(_StandingTexts):
    """Changes of particulars: a missing one stays, null removes it, objects merge, lists are replaced."""

    ship_to: ShipToChanges | None = None
    payment_means: PaymentMeansChanges | None = None
    payee: PayeeChanges | None = None
    tax_representative: TaxRepresentativeChanges | None = None

    def changed_particulars(self) -> Merge:
        """Return those that were sent, as changes of `Particulars`."""
        sent = self.model_fields_set & {*NAMES}
        return Merge({name: _change(name, getattr(self, name)) for name in sent}, Particulars)


def _change(name: str, given: Any) -> Any:
    if not isinstance(given, RequestBody):
        return given

    def whole(**members: Any) -> Any:
        return _OBJECTS[name].parse(_plain(members), within=name).value()

    return Merge(given.model_dump(exclude_unset=True), whole)


def _plain(value: Any) -> Any:
    """Return members as a client would send them: without those that are None."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items() if member is not None}
    return value
