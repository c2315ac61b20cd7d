"""Codes that an app scans to pay, and links to do so; segno is imported when a code is drawn."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from urllib.parse import quote

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.money.amounts import written
from invoicing.domain.parties.account import Seller
from invoicing.domain.parties.payment_codes import filled_payment_url
from invoicing_documents.plain_text import one_line
from invoicing_documents.swiss_qr_bill import qr_bill_of

# Countries of SEPA by the letters that their IBANs begin with (European Payments Council, EPC409-09). The Crown
# dependencies and French territories have those of GB and FR.
_SEPA = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE "
    "SI SK SM VA"
)
_MOST = 99_999_999_999  # cents
_LONGEST_NAME, _LONGEST_REFERENCE = 70, 140
_LARGEST = 331  # bytes, of all codes but the Swiss one
_SWISS = ("CH", "LI")
_LONGEST_UPI_NAME, _LONGEST_UPI_NOTE = 50, 50

Modules = Sequence[Sequence[int]]
"""The modules of a code, row by row, 1 where it is dark; what is around them is not among them."""


def payment_code_of(invoice: Invoice, amount: int) -> str:
    """Return what the code says that pays an amount of an issued invoice, in minor units; empty where there is none.

    There is at most one: that of the Swiss QR-bill, of SEPA, of UPI, or that of the link to a payment page. In euros
    the Swiss one comes first only for buyers in Switzerland and Liechtenstein. Nobody pays what is debited.
    """
    if invoice.seller is None or invoice.number is None or _is_debited(invoice):
        return ""
    means = invoice.stated.payment_means
    reference = means.reference if means else None
    structured = reference.value if reference and reference.type in ("rf", "scor") else ""
    text = reference.value if reference else invoice.number
    sepa = sepa_payload(invoice.seller, amount, invoice.currency, text, structured)
    bill = None if sepa and _country_of_buyer(invoice) not in _SWISS else qr_bill_of(invoice, amount)
    if bill or sepa:
        return bill.payload if bill else sepa
    link = upi_url_of(invoice, amount) or payment_url_of(invoice, amount)
    return link if len(link.encode()) <= _LARGEST else ""


def upi_url_of(invoice: Invoice, amount: int) -> str:
    """Return the link that pays an amount of an issued invoice, in paise, by UPI; empty where there is none.

    It is that of the UPI Linking Specifications of NPCI, which apps open and scan.
    """
    bank = invoice.seller.bank_account if invoice.seller else None
    if bank is None or not bank.upi_id or invoice.seller is None or invoice.currency != "INR":
        return ""
    if invoice.number is None or _is_debited(invoice) or not 0 < amount <= _MOST:
        return ""
    name = one_line(bank.holder or invoice.seller.name)[:_LONGEST_UPI_NAME].strip()
    note = one_line(invoice.number)[:_LONGEST_UPI_NOTE].strip()
    values = {"pa": bank.upi_id, "pn": name, "am": written(amount, "INR"), "cu": "INR", "tn": note}
    return "upi://pay?" + "&".join(f"{key}={quote(value, safe='@')}" for key, value in values.items())


def payment_url_of(invoice: Invoice, amount: int) -> str:
    """Return the address at which an amount of an issued invoice can be paid, in minor units; empty without one."""
    url = invoice.seller.payment_url if invoice.seller else None
    if not url or invoice.number is None or _is_debited(invoice) or amount <= 0:
        return ""
    amount_text = written(amount, invoice.currency)
    return filled_payment_url(
        url, {"number": one_line(invoice.number), "amount": amount_text, "currency": invoice.currency}
    )


def _is_debited(invoice: Invoice) -> bool:
    means = invoice.stated.payment_means
    return means is not None and means.is_direct_debit


def _country_of_buyer(invoice: Invoice) -> str:
    address = invoice.buyer.address
    return (address.country or "").upper() if address else ""


def sepa_payload(seller: Seller, amount: int, currency: str, reference: str, structured: str = "") -> str:
    """Return what the code of a SEPA credit transfer says (EPC069-12, version 002), empty where there is none.

    There is one for 0.01 to 999,999,999.99 euros to an IBAN of SEPA, where the seller wants it, unless it would have
    more than 331 bytes. ``amount`` is in cents. A ``structured`` reference is one of ISO 11649, and
    takes the place of one that goes with the transfer as text.
    """
    bank = seller.bank_account
    if "sepa" not in seller.payment_codes or currency != "EUR" or not 0 < amount <= _MOST:
        return ""
    if bank is None or not bank.iban or bank.iban[:2] not in _SEPA.split():
        return ""
    name = one_line(bank.holder or seller.name)[:_LONGEST_NAME].strip()
    euros = written(amount, currency)
    lines = ["BCD", "002", "1", "SCT", bank.bic or "", name, bank.iban, f"EUR{euros}", "", structured]
    lines.append("" if structured else one_line(reference)[:_LONGEST_REFERENCE].strip())
    payload = "\n".join(lines).rstrip("\n")
    return payload if len(payload.encode()) <= _LARGEST else ""


@cache
def modules_of(payload: str) -> Modules:
    """Return the QR code of a payload (ISO/IEC 18004) at the level of correction M, as EPC069-12 asks."""
    import segno  # noqa: PLC0415

    code = segno.make(payload.encode(), error="m", mode="byte", micro=False, boost_error=False)
    return tuple(map(tuple, code.matrix))


def dark_runs(modules: Modules) -> Iterator[tuple[int, int, int]]:
    """Yield the dark modules that stand next to each other: their row, the first column, and how many they are."""
    for row, line in enumerate(modules):
        column = 0
        for dark, run in groupby(line):
            length = len(list(run))
            if dark:
                yield row, column, length
            column += length
