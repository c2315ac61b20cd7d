"""Which invoices are cancelled by a credit note over all that is left of them."""

from invoicing.domain.errors import Conflict
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.invoices.lifecycle import is_issued
from invoicing.domain.parties.account import Account

COUNTRIES = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "GB", "XI", "CH",
    }
)  # fmt: skip
"""The EU member states, the United Kingdom with Northern Ireland, and Switzerland.

There only a document that names an invoice cancels it:
Directive 2006/112/EC, art. 219; VAT Regulations 1995 (SI 1995/2518), part III; Swiss VAT act (MWSTG), art. 27 para. 4.
"""


def is_cancelled_by_note(invoice: Invoice, account: Account, *, wanted: bool | None) -> bool:
    """Whether voiding the invoice makes a credit note; where the client does not say, the account's country decides.

    `Conflict` ``INVALID_INVOICE_STATE`` when one is wanted and there is nothing to credit: for a draft, or a total
    of 0.
    """
    has_credit = is_issued(invoice) and invoice.total > 0
    if wanted and not has_credit:
        message = "There is nothing to credit on this invoice. Void it with credit_note set to false."
        raise Conflict("INVALID_INVOICE_STATE", message, status=str(invoice.status))
    country = account.address.country if account.address else None
    return has_credit and (wanted if wanted is not None else (country or "").upper() in COUNTRIES)
