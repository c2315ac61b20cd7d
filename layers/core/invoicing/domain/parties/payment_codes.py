"""What an account's invoices show to pay with: codes that an app scans, and links to a payment page."""

import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote, urlsplit

PaymentCode = Literal["sepa", "swiss_qr"]
"""``sepa`` is the code of the European Payments Council for transfers in euros (EPC069-12), ``swiss_qr`` the payment
part of the Swiss QR-bill (SIX, Implementation Guidelines for the QR-bill 2.3)."""

PLACEHOLDERS = ("number", "amount", "currency")
"""What a payment URL can have in braces: the number of the invoice, what is to be paid, and its currency."""

LONGEST_UPI_ID = 100

_UPI_ID = re.compile(r"[A-Za-z0-9._-]{2,}@[A-Za-z][A-Za-z0-9]+")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def is_upi_id(text: str) -> bool:
    """Whether a text has the form of a UPI ID, ``name@handle`` (NPCI, UPI Linking Specifications)."""
    return len(text) <= LONGEST_UPI_ID and _UPI_ID.fullmatch(text) is not None


def is_payment_url(text: str) -> bool:
    """Whether a text is an https URL with no other placeholders than `PLACEHOLDERS`, and none in its host."""
    filled = _PLACEHOLDER.sub(lambda found: "x" if found[1] in PLACEHOLDERS else found[0], text)
    try:
        parts, host = urlsplit(filled), urlsplit(text).netloc
    except ValueError:
        return False
    is_plain = text.isascii() and text.isprintable() and not set(' "<>\\^`{|}') & set(filled)
    return is_plain and parts.scheme == "https" and bool(parts.hostname) and not {"@", "{"} & set(host)


def filled_payment_url(url: str, values: Mapping[str, str]) -> str:
    """Return a payment URL with a value for each placeholder, percent-encoded."""
    return _PLACEHOLDER.sub(lambda found: quote(values[found[1]], safe=""), url)
