"""What the payment part of a Swiss QR-bill says (SIX, Implementation Guidelines for the QR-bill 2.3).

Addresses are structured (type S), as banks ask since November 2025: of ours line 1 is the street with the number.
"""

import re
import unicodedata

from invoicing.dataclass import dataclass
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.payment_means import PaymentReference
from invoicing.domain.language import language_of
from invoicing.domain.money.amounts import written
from invoicing.domain.parties.bank_account import is_qr_iban
from invoicing.domain.parties.party import Party
from invoicing_documents.particulars_content import grouped_reference
from invoicing_documents.parties import grouped
from invoicing_documents.plain_text import one_line

_LANGUAGES = ("de", "fr", "it", "en")
_CURRENCIES = ("CHF", "EUR")
_MOST = 99_999_999_999  # minor units
_LARGEST = 997  # bytes
_LONGEST_NAME, _LONGEST_STREET, _LONGEST_NUMBER, _LONGEST_TOWN, _LONGEST_MESSAGE = 70, 70, 16, 35, 140
_STREET = re.compile(r"(.*\D)\s+(\d[\w/.-]{0,15})")
"""A street with its number behind it, as it is written in Switzerland and around it."""

_SCRIPT = re.compile("[ -~\u00a0-\u017f\u0218-\u021b\u20ac]*")
"""The characters that banks take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QrBill:
    """A payment part: ``payload`` is what its code says, the others what is printed, in a ``language`` of Switzerland.

    ``debtor`` and ``reference`` may be empty.
    """

    payload: str
    language: str
    currency: str
    amount: str
    account: str
    creditor: tuple[str, ...]
    debtor: tuple[str, ...]
    reference: str
    message: str


@dataclass(frozen=True, slots=True)
class _Address:
    name: str
    street: str
    number: str
    postal_code: str
    town: str
    country: str

    @property
    def coded(self) -> tuple[str, ...]:
        return ("S", self.name, self.street, self.number, self.postal_code, self.town, self.country)

    @property
    def printed(self) -> tuple[str, ...]:
        abroad = "" if self.country in ("CH", "LI") else f"{self.country}-"
        street = " ".join(filter(None, (self.street, self.number)))
        return tuple(filter(None, (self.name, street, f"{abroad}{self.postal_code} {self.town}")))


def qr_bill_of(invoice: Invoice, amount: int) -> QrBill | None:
    """Return the payment part that pays an amount of an issued invoice, in minor units; None where there is none.

    There is one for 0.01 to 999,999,999.99 francs or euros to an IBAN of Switzerland or Liechtenstein, where the seller
    wants it and its address is complete. A QR-IBAN needs a QR reference, any other IBAN must not have one. A buyer
    whose address is not complete is left to be written in.
    """
    seller, currency = invoice.seller, invoice.currency
    bank = seller.bank_account if seller else None
    if seller is None or invoice.number is None or bank is None or "swiss_qr" not in seller.payment_codes:
        return None
    if currency not in _CURRENCIES or not 0 < amount <= _MOST or not bank.iban or bank.iban[:2] not in ("CH", "LI"):
        return None
    means = invoice.stated.payment_means
    creditor, reference = _address(seller, bank.holder), _reference(bank.iban, means.reference if means else None)
    if creditor is None or reference is None:
        return None
    debtor, message = _address(invoice.buyer), _within(invoice.number, _LONGEST_MESSAGE) or ""
    amount_text = written(amount, currency)
    parts = [bank.iban, *creditor.coded, *[""] * 7, amount_text, currency, *(debtor.coded if debtor else [""] * 7)]
    payload = "\n".join(["SPC", "0200", "1", *parts, reference[0], reference[1], message, "EPD"])
    if len(payload.encode()) > _LARGEST:
        return None
    language = language_of(invoice.locale)
    return QrBill(
        payload=payload,
        language=language if language in _LANGUAGES else "en",
        currency=currency,
        amount=_grouped_amount(amount_text),
        account=grouped(bank.iban),
        creditor=creditor.printed,
        debtor=debtor.printed if debtor else (),
        reference=reference[2],
        message=message,
    )


def is_swiss(payload: str) -> bool:
    """Whether a code is that of a QR-bill, which has a Swiss cross in its middle."""
    return payload.startswith("SPC\n")


def _reference(iban: str, reference: PaymentReference | None) -> tuple[str, str, str] | None:
    """Return the type of a reference, its value, and how it is printed; None where the IBAN does not go with it."""
    is_qrr = reference is not None and reference.type == "qrr"
    if is_qrr != is_qr_iban(iban):
        return None
    if reference is None or reference.type not in ("qrr", "rf", "scor"):
        return "NON", "", ""
    return ("QRR" if is_qrr else "SCOR"), reference.value, grouped_reference(reference)


def _address(party: Party, name: str | None = None) -> _Address | None:
    """Return the address of a party under its own or another name, None where it is not complete or not in Latin."""
    given = party.address
    if given is None or not given.country:
        return None
    found = _STREET.fullmatch(line) if (line := one_line(given.line1 or "")) else None
    street, number = (found[1], found[2]) if found and found[2].isascii() else (line, "")
    name, street = _within(name or party.name, _LONGEST_NAME), _within(street, _LONGEST_STREET)
    postal_code, town = _within(given.postal_code or "", _LONGEST_NUMBER), _within(given.city or "", _LONGEST_TOWN)
    if street is None or not (name and postal_code and town):
        return None
    return _Address(name, street, number, postal_code, town, given.country.upper())


def _within(text: str, longest: int) -> str | None:
    """Return a text on one line, cut to a length; None where banks do not take its characters."""
    line = unicodedata.normalize("NFC", one_line(text))
    return line[:longest].strip() if _SCRIPT.fullmatch(line) else None


def _grouped_amount(amount: str) -> str:
    whole, _, decimals = amount.partition(".")
    return f"{int(whole):,}".replace(",", " ") + f".{decimals}"
