"""The invoice of late fees: its lines, in the language of the late invoice."""

from collections.abc import Sequence
from datetime import date

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lines import NewLine
from invoicing.domain.language import language_of
from invoicing.domain.late_fees.charging import ChargedFee, DueFee, fee_line
from invoicing.domain.late_fees.interest import Span
from invoicing.domain.late_fees.late_fee import LateFee
from invoicing.domain.late_fees.texts import texts_of
from invoicing.domain.money.amounts import to_major

MOST_LATE_FEES = 500
"""The most late fees of one invoice: each is stored with it."""

MOST_SPANS = 12
"""The most spans that a line spells out; one with more says its days only."""


def charged_fees(invoice: Invoice) -> list[ChargedFee]:
    """Return the fees that an invoice was charged, also those that were voided since."""
    return [ChargedFee(fee.type, fee.period, fee.last_day, fee.amount) for fee in invoice.late_fees]


def fee_lines(fees: Sequence[DueFee], invoice: Invoice, late_fee: LateFee) -> tuple[NewLine, ...]:
    """Return a line for each fee, which names the late invoice, the days, and how the sum is worked out."""
    texts = texts_of(language_of(invoice.locale))
    return tuple(
        fee_line(
            fee,
            invoice.currency,
            _description(fee, invoice, texts[fee.type == "daily_interest"]),
            tax_rate=late_fee.tax_rate,
            tax_category=late_fee.tax_category,
        )
        for fee in fees
    )


def _description(fee: DueFee, invoice: Invoice, text: str) -> str:
    first = min(span.first_day for span in fee.spans) if fee.spans else fee.last_day
    described = f"{text}, {invoice.number}: {_days(first, fee.last_day)}"
    if fee.type == "fixed" or not 0 < len(fee.spans) <= MOST_SPANS:
        return described
    return f"{described} ({'; '.join(_worked_out(fee, span, invoice.currency) for span in fee.spans)})"


def _worked_out(fee: DueFee, span: Span, currency: str) -> str:
    product = f"{to_major(span.amount, currency)} {currency} × {span.percent or 0:f} %"
    return f"{product} × {span.days} / 365" if fee.type == "daily_interest" else product


def _days(first: date, last: date) -> str:
    return f"{first} – {last}" if first < last else str(last)
