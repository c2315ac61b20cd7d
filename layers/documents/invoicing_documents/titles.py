"""What a document is called where the law of the seller's country has a word for it."""

from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.account import Seller
from invoicing_documents.plain_text import one_line
from invoicing_documents.wording import Wording

_TAX_INVOICE = {
    "AE": "Cabinet Decision 52 of 2017, article 59 (1)(a)",
    "AU": "GST Act 1999, section 29-70 (1)(d)",
    "FJ": "Value Added Tax Regulations, regulation 3 (a)",
    "IL": "Value Added Tax Law 1975, section 47",
    "IN": "CGST Act 2017, section 31",
    "MV": "Goods and Services Tax Regulation; the tax authority wants it in a prominent manner",
    "NZ": "customary; the Goods and Services Tax Act 1985 asked for it until 2023",
    "OM": "Executive Regulations of the VAT Law (Decision 53 of 2021)",
    "SA": "E-Invoicing Regulation, Decision 62738, annex 2",
    "SG": "Goods and Services Tax (General) Regulations, regulation 11 (1)(a)",
    "TH": "Revenue Code, section 86/4 (1)",
}
"""Countries where an invoice with tax calls itself a tax invoice, and why."""


def title_of(invoice: Invoice, seller: Seller, wording: Wording) -> str:
    """Return the title that an invoice was given, else the usual one in the reader's language."""
    if invoice.particulars.document_title:
        return one_line(invoice.particulars.document_title)
    country = seller.address.country if seller.address else None
    return wording["tax_invoice" if invoice.tax and country in _TAX_INVOICE else "invoice"]
