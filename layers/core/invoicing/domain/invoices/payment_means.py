"""How an invoice is to be paid, and the structured references of payments (EN 16931: BG-16, BG-19).

The checks of references load python-stdnum, which only invoices with a reference need.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail
from invoicing.domain.parties.bank_account import is_qr_iban, standard_iban
from invoicing.domain.parties.details import BankAccount
from invoicing.domain.warnings import InputWarning

PaymentMeansCode = Literal["1", "10", "20", "30", "42", "48", "49", "54", "55", "57", "58", "59", "68", "97"]
"""Codes of UN/CL 4461: 1 not defined, 10 cash, 20 cheque, 30 credit transfer, 42 payment to a bank account, 48 bank
card, 49 direct debit, 54 credit card, 55 debit card, 57 standing agreement, 58 SEPA credit transfer, 59 SEPA direct
debit, 68 online payment, 97 clearing between partners."""

ReferenceType = Literal["rf", "scor", "qrr", "ogm", "kid"]
"""``rf`` and ``scor``: creditor reference (ISO 11649), which the Swiss QR-bill calls SCOR; ``qrr``: the QR-bill's own;
``ogm``: Belgian structured communication; ``kid``: Norwegian customer identification."""

SEPA_CREDIT_TRANSFER: PaymentMeansCode = "58"
SEPA_DIRECT_DEBIT: PaymentMeansCode = "59"
DIRECT_DEBITS = frozenset({"49", SEPA_DIRECT_DEBIT})
TRANSFERS = frozenset({"30", SEPA_CREDIT_TRANSFER})
_OF_DIRECT_DEBITS = ("mandate_reference", "creditor_id", "debited_iban")
_OF_QR_BILLS = ("qrr", "rf", "scor")
_PATH = "payment_means"
_QRR_DIGITS = 27
_MOD_11_REMAINDERS = "0-987654321"
"""The check character of a KID for each remainder of its weighted sum by 11."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReference:
    """A structured reference that the customer gives with its payment (BT-83), without spaces and signs."""

    type: ReferenceType
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMeans:
    """How the invoice is paid: ``code`` is BT-81, and with direct debit ``mandate_reference`` BT-89.

    ``creditor_id`` (BT-90) is the seller's SEPA creditor identifier, ``debited_iban`` (BT-91) the customer's account.
    """

    code: PaymentMeansCode
    mandate_reference: str | None = None
    creditor_id: str | None = None
    debited_iban: str | None = None
    reference: PaymentReference | None = None

    @property
    def is_direct_debit(self) -> bool:
        """Whether the seller takes the money itself."""
        return self.code in DIRECT_DEBITS


def normalized_means(means: PaymentMeans) -> PaymentMeans:
    """Return payment means with identifiers and references without spaces, in upper case."""
    reference = means.reference
    return replace(
        means,
        creditor_id=_compact(means.creditor_id),
        debited_iban=_compact(means.debited_iban),
        reference=reference and replace(reference, value=_compact(reference.value, "+/*.") or ""),
    )


def wrong_in_means(means: PaymentMeans) -> Iterator[Detail]:
    """Yield what is wrong in normalized payment means."""
    if means.is_direct_debit:
        yield from _wrong_in_direct_debit(means)
    else:
        for name in _OF_DIRECT_DEBITS:
            if getattr(means, name) is not None:
                message = f"{_PATH}.{name} must be given with code 49 or 59 (direct debit) only."
                yield Detail(f"{_PATH}.{name}", message, "VALUE_INVALID")
    if (reference := means.reference) and not _is_reference(reference):
        path = f"{_PATH}.reference.value"
        message = f"{path} must be a valid reference of type {reference.type}; check its length and check digits."
        yield Detail(path, message, "PAYMENT_REFERENCE_INVALID", reference.value)


def means_warnings(means: PaymentMeans, currency: str, bank_account: BankAccount | None) -> Iterator[InputWarning]:
    """Yield what is doubtful in payment means: what a payment or an electronic invoice would lack."""

    def warning(field: str, message: str) -> InputWarning:
        return InputWarning(f"{_PATH}.{field}", "PAYMENT_MEANS_DOUBTFUL", f"{_PATH}.{field} {message}")

    if means.code in {SEPA_CREDIT_TRANSFER, SEPA_DIRECT_DEBIT} and currency != "EUR":
        yield warning("code", f"{means.code} is for payments in EUR, and the invoice is in {currency}.")
    if means.code == SEPA_DIRECT_DEBIT:
        for name in ("creditor_id", "debited_iban"):
            if getattr(means, name) is None:
                yield warning(name, "is missing, which electronic invoices with SEPA direct debit need.")
    if means.code in TRANSFERS and not (bank_account and bank_account.iban):
        yield warning("code", f"{means.code} asks for a transfer, and the account has no IBAN.")
    if means.reference and (message := _doubtful_type(means.reference.type, bank_account)):
        yield warning("reference", message)


def _doubtful_type(kind: ReferenceType, bank_account: BankAccount | None) -> str:
    """Return why a type of reference does not go with an account, empty where it does or nobody knows."""
    if kind not in _OF_QR_BILLS or bank_account is None or not bank_account.iban:
        return ""
    if kind == "qrr":
        needed = "" if is_qr_iban(bank_account.iban) else "is no QR-IBAN, which qrr needs"
    else:
        needed = "is a QR-IBAN, which takes qrr only" if is_qr_iban(bank_account.iban) else ""
    return needed and f"has the type {kind}, and the IBAN of the account {needed}."


def _wrong_in_direct_debit(means: PaymentMeans) -> Iterator[Detail]:
    if means.code == SEPA_DIRECT_DEBIT and means.mandate_reference is None:
        path = f"{_PATH}.mandate_reference"
        yield Detail(path, f"{path} is required with code 59 (SEPA direct debit).", "FIELD_REQUIRED")
    if means.creditor_id is not None and not _is_creditor_id(means.creditor_id):
        path = f"{_PATH}.creditor_id"
        message = f"{path} must be a SEPA creditor identifier such as DE98ZZZ09999999999; check its check digits."
        yield Detail(path, message, "CREDITOR_ID_INVALID", means.creditor_id)
    if means.debited_iban is not None and standard_iban(means.debited_iban) is None:
        path = f"{_PATH}.debited_iban"
        message = f"{path} must be a valid IBAN; check its length and check digits."
        yield Detail(path, message, "IBAN_INVALID", means.debited_iban)


def _compact(text: str | None, signs: str = "") -> str | None:
    return text and "".join(each for each in text.upper() if not each.isspace() and each not in signs)


def _is_creditor_id(text: str) -> bool:
    """Whether a text is an Identifier of the Creditor (European Payments Council, AT-02)."""
    from stdnum.eu import at_02  # noqa: PLC0415

    return text.isascii() and at_02.is_valid(text)


def _is_reference(reference: PaymentReference) -> bool:
    value = reference.value
    if not value.isascii():
        return False
    match reference.type:
        case "rf" | "scor":
            from stdnum import iso11649  # noqa: PLC0415

            return iso11649.is_valid(value)
        case "qrr":
            from stdnum.ch import esr  # noqa: PLC0415 - a QR reference has the digits and the check digit of an ESR's

            return len(value) == _QRR_DIGITS and esr.is_valid(value)
        case "ogm":
            from stdnum.be import ogm_vcs  # noqa: PLC0415

            return ogm_vcs.is_valid(value)
        case "kid":
            return _is_kid(value)


def _is_kid(value: str) -> bool:
    """Whether a text is a KID: 2 to 25 characters, the last a check digit of modulus 10 or 11."""
    from stdnum import luhn  # noqa: PLC0415

    if not (2 <= len(value) <= 25 and value[:-1].isdigit()):
        return False
    weighted = sum(int(digit) * (2 + index % 6) for index, digit in enumerate(reversed(value[:-1])))
    return value[-1] == _MOD_11_REMAINDERS[weighted % 11] or luhn.is_valid(value)
