"""Invoices in every further language, and among them every layout, paper, state, length and code to pay by."""

import io
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from PIL import Image as Picture

from invoicing.domain.invoices.invoice import Status
from invoicing.domain.invoices.mark import Mark
from invoicing.domain.parties.details import Address, BankAccount
from invoicing.domain.parties.logo import Image
from invoicing.domain.templates.template import Layout, PaperSize
from invoicing_documents.pdf import render_invoice_pdf
from invoicing_documents.pdf.invoice_pdf import render_invoice_pdf as render_copy
from tests.documents.sample_invoices import BUYER, SELLER, invoice_of, many_lines, template_with

SWISS = Address(line1="Rue du Lac 1268", postal_code="2501", city="Biel", country="CH")
WAYS: dict[str, dict[str, Any]] = {
    "none": {},
    "sepa": {"currency": "EUR", "seller": replace(SELLER, payment_codes=("sepa",))},
    "swiss": {
        "currency": "CHF",
        "buyer": replace(BUYER, name="Pia Rutschmann", address=replace(SWISS, line1="Marktgasse 28")),
        "seller": replace(
            SELLER, address=SWISS, payment_codes=("swiss_qr",), bank_account=BankAccount(iban="CH9300762011623852957")
        ),
    },
    "upi": {
        "currency": "INR",
        "seller": replace(SELLER, bank_account=BankAccount(account_number="50100123", upi_id="acme@okbank")),
    },
    "link": {"seller": replace(SELLER, payment_url="https://pay.acme.example/{number}?amount={amount}")},
}
NOTES = "Thank you for your order.\nGoods remain our property until they are paid in full."


@dataclass(frozen=True, slots=True)
class Case:
    """An invoice of so many lines; ``mark`` is that of its copy."""

    locale: str
    count: int
    layout: Layout
    paper: PaperSize
    way: str = "none"
    mark: Mark | None = None
    draft: bool = False
    logo: bool = False

    @property
    def name(self) -> str:
        state = "draft" if self.draft else self.mark or "issued"
        return f"{self.locale}-{state}-{self.layout}-{self.paper}-{self.count}".lower()

    def document(self) -> bytes:
        wishes = WAYS[self.way] | ({"status": Status.DRAFT, "sent_at": None} if self.draft else {})
        invoice = invoice_of(many_lines(self.count), locale=self.locale, notes=NOTES, **wishes)
        template = template_with(layout=self.layout, paper_size=self.paper)
        logo = logo_of() if self.logo else None
        if self.mark:
            return render_copy(invoice, logo, template, self.mark)
        return render_invoice_pdf(invoice, logo, template)


CASES = (
    Case("cs", 1, "classic", "A4", mark="paid"),
    Case("da", 22, "modern", "A4", mark="overdue"),
    Case("de", 22, "compact", "A4", "sepa", logo=True),
    Case("de-CH", 1, "modern", "A4", "swiss", logo=True),
    Case("el", 1, "compact", "Letter", draft=True),
    Case("en", 40, "classic", "Letter", "link", logo=True),
    Case("en", 500, "compact", "A4"),
    Case("en-IN", 1, "classic", "A4", "upi"),
    Case("es", 40, "modern", "Letter", mark="cancelled"),
    Case("fi", 22, "classic", "A4", "sepa", draft=True),
    Case("fr", 120, "classic", "A4", "sepa"),
    Case("fr-CH", 22, "compact", "A4", "swiss"),
    Case("hu", 1, "modern", "Letter", mark="credited"),
    Case("it", 40, "compact", "A4", "sepa", mark="overdue"),
    Case("it-CH", 8, "classic", "A4", "swiss", mark="overdue"),
    Case("nl", 22, "modern", "A4", "sepa", mark="paid", logo=True),
    Case("no", 22, "classic", "Letter", mark="cancelled"),
    Case("pl", 40, "classic", "A4", draft=True),
    Case("pt", 22, "compact", "Letter", mark="credited"),
    Case("ro", 1, "compact", "A4", "sepa", mark="paid"),
    Case("sv", 22, "modern", "A4", draft=True),
    Case("tr", 40, "modern", "A4", "link"),
    Case("uk", 22, "classic", "A4", mark="overdue"),
    Case("ar", 40, "classic", "A4", "link"),
    Case("he", 22, "modern", "A4", mark="paid"),
    Case("hi", 22, "compact", "A4", "upi", mark="overdue"),
    Case("ja", 40, "modern", "A4"),
    Case("ko", 22, "classic", "A4", mark="cancelled"),
    Case("th", 22, "compact", "A4", draft=True),
    Case("zh-Hans", 22, "classic", "A4", mark="credited"),
    Case("zh-Hant", 40, "modern", "Letter", mark="paid"),
    Case("ru", 40, "compact", "A4", mark="cancelled"),
    Case("bg", 1, "classic", "A4"),
    Case("ca", 22, "modern", "A4", mark="paid"),
    Case("et", 1, "compact", "A4", draft=True),
    Case("hr", 40, "classic", "A4", "sepa"),
    Case("id", 22, "classic", "Letter"),
    Case("lt", 1, "modern", "A4"),
    Case("lv", 22, "compact", "A4", "sepa"),
    Case("ms", 1, "classic", "A4", mark="overdue"),
    Case("sk", 22, "classic", "A4", mark="credited"),
    Case("sl", 1, "compact", "Letter"),
    Case("vi", 22, "modern", "A4"),
)


@cache
def logo_of() -> Image:
    """A logo of two colours."""
    picture = Picture.new("RGB", (600, 180), (0, 90, 160))
    picture.paste((240, 160, 0), (420, 0, 600, 180))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return Image(file.getvalue(), "image/png", *picture.size)
