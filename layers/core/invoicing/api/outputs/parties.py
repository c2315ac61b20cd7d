"""Accounts, customers and their copies on documents: what responses show of each."""

from typing import TypedDict

from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.customer import Buyer
from invoicing.domain.parties.details import (
    Address,
    BankAccount,
    Contact,
    ElectronicAddress,
    Identifier,
    LegalRegistration,
    RoutingType,
    TaxId,
)
from invoicing.domain.parties.party import Party


class AddressOutput(TypedDict):
    """A postal address."""

    line1: str | None
    line2: str | None
    line3: str | None
    city: str | None
    state: str | None
    postal_code: str | None
    country: str | None


class TaxIdOutput(TypedDict):
    """A tax registration."""

    type: str
    value: str


class LegalRegistrationOutput(TypedDict):
    """An entry in a register of companies."""

    value: str
    scheme: str | None


class IdentifierOutput(TypedDict):
    """A number by which trade knows a party or a place."""

    value: str
    scheme: str | None


class ElectronicAddressOutput(TypedDict):
    """Where e-invoices are delivered."""

    scheme: str
    value: str


class ContactOutput(TypedDict):
    """Whom to ask about invoices."""

    name: str | None
    phone: str | None
    email: str | None


class RoutingOutput(TypedDict):
    """The national code of a bank or branch."""

    type: RoutingType
    code: str


class BankAccountOutput(TypedDict):
    """An account that customers pay to."""

    currency: str | None
    iban: str | None
    bic: str | None
    account_number: str | None
    routing: RoutingOutput | None
    holder: str | None
    bank_name: str | None
    upi_id: str | None


class PartyOutput(TypedDict):
    """What accounts and customers share."""

    name: str
    trading_name: str | None
    email: str | None
    phone: str | None
    website: str | None
    address: AddressOutput | None
    tax_ids: list[TaxIdOutput]
    legal_registration: LegalRegistrationOutput | None
    legal_information: str | None
    identifier: IdentifierOutput | None
    electronic_address: ElectronicAddressOutput | None
    contact: ContactOutput | None


class SellerOutput(PartyOutput):
    """The account as copied to a document, with the bank account and instructions for its currency and language."""

    payment_instructions: str | None
    bank_account: BankAccountOutput | None


class BuyerOutput(PartyOutput):
    """The customer as copied to a document."""

    id: str
    shipping_address: AddressOutput | None
    buyer_reference: str | None


class BilledCustomerOutput(TypedDict):
    """The customer as copied to a document, in short."""

    id: str
    name: str
    email: str | None


class PartiesOutput(TypedDict):
    """Seller and buyer of a document as copied to it; a draft has no seller yet."""

    customer_id: str
    customer: BilledCustomerOutput
    seller: SellerOutput | None
    buyer: BuyerOutput


def party_output(party: Party) -> PartyOutput:
    """Return what accounts and customers share."""
    return PartyOutput(
        name=party.name,
        trading_name=party.trading_name,
        email=party.email,
        phone=party.phone,
        website=party.website,
        address=address_output(party.address),
        tax_ids=[tax_id_output(tax_id) for tax_id in party.tax_ids],
        legal_registration=legal_registration_output(party.legal_registration),
        legal_information=party.legal_information,
        identifier=identifier_output(party.identifier),
        electronic_address=_electronic_address(party.electronic_address),
        contact=_contact(party.contact),
    )


def parties_output(seller: Seller | None, buyer: Buyer) -> PartiesOutput:
    """Return seller and buyer of a document."""
    return PartiesOutput(
        customer_id=buyer.id,
        customer=BilledCustomerOutput(id=buyer.id, name=buyer.name, email=buyer.email),
        seller=seller_output(seller) if seller else None,
        buyer=buyer_output(buyer),
    )


def seller_output(seller: Seller) -> SellerOutput:
    """Return the copy of an account."""
    return SellerOutput(
        **party_output(seller),
        payment_instructions=seller.payment_instructions,
        bank_account=bank_account_output(seller.bank_account),
    )


def buyer_output(buyer: Buyer) -> BuyerOutput:
    """Return the copy of a customer."""
    return BuyerOutput(
        **party_output(buyer),
        id=buyer.id,
        shipping_address=address_output(buyer.shipping_address),
        buyer_reference=buyer.buyer_reference,
    )


def address_output(address: Address | None) -> AddressOutput | None:
    """Return an address, None where there is none."""
    if address is None:
        return None
    return AddressOutput(
        line1=address.line1,
        line2=address.line2,
        line3=address.line3,
        city=address.city,
        state=address.state,
        postal_code=address.postal_code,
        country=address.country,
    )


def tax_id_output(tax_id: TaxId) -> TaxIdOutput:
    """Return a tax registration."""
    return TaxIdOutput(type=tax_id.type, value=tax_id.value)


def bank_account_output(account: BankAccount | None) -> BankAccountOutput | None:
    """Return a bank account, None where there is none."""
    if account is None:
        return None
    routing = account.routing
    return BankAccountOutput(
        currency=account.currency,
        iban=account.iban,
        bic=account.bic,
        account_number=account.account_number,
        routing=RoutingOutput(type=routing.type, code=routing.code) if routing else None,
        holder=account.holder,
        bank_name=account.bank_name,
        upi_id=account.upi_id,
    )


def identifier_output(found: Identifier | None) -> IdentifierOutput | None:
    """Return an identifier, None where there is none."""
    return IdentifierOutput(value=found.value, scheme=found.scheme) if found else None


def legal_registration_output(found: LegalRegistration | None) -> LegalRegistrationOutput | None:
    """Return an entry in a register, None where there is none."""
    return LegalRegistrationOutput(value=found.value, scheme=found.scheme) if found else None


def _electronic_address(found: ElectronicAddress | None) -> ElectronicAddressOutput | None:
    return ElectronicAddressOutput(scheme=found.scheme, value=found.value) if found else None


def _contact(found: Contact | None) -> ContactOutput | None:
    return ContactOutput(name=found.name, phone=found.phone, email=found.email) if found else None
