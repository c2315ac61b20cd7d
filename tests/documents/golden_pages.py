"""Pages in each script, layout, state and language, as they were looked at and found good.

    python -m tests.documents.golden_pages [folder]

writes what each page draws, and some hosted pages and e-mails, to ``tests/documents/golden``, after a change that is
wanted; with a folder it writes the PDFs there, to be looked at.
"""

import email
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.policy import SMTP
from itertools import groupby
from pathlib import Path
from typing import get_args

from invoicing.domain import fonts
from invoicing.domain.deliveries.delivery import Delivery, DeliveryStatus
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.parties.details import Address
from invoicing.domain.templates.template import Design, Layout, PaperSize, Template, TemplateRef
from invoicing_documents.email.invoice_email import compose_invoice_email
from invoicing_documents.page.invoice_page import render_invoice_page
from invoicing_documents.pdf import render_invoice_pdf
from tests.documents.all_fonts import draw_with
from tests.documents.drawn import pieces_of
from tests.documents.golden_cases import CASES, Case
from tests.documents.sample_invoices import BUYER, SELLER, SENT_AT, invoice_of, line_of
from tools.fonts import build

_LONG, _EDGE = 40, 20

FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts of a script, in an invoice in a language and currency."""

    language: str
    currency: str
    country: str
    name: str
    street: str
    city: str
    description: str
    notes: str

    def invoice(self) -> Invoice:
        address = Address(line1=self.street, city=self.city, postal_code="10115", country=self.country)
        lines = (
            line_of(self.description, "10", "150.50", tax_rate="0.17", unit="h"),
            line_of(f"{self.description} — {self.name}, {self.description}", "1", "-1234.5", tax_rate="0.17"),
        )
        return invoice_of(
            lines,
            locale=self.language,
            currency=self.currency,
            notes=self.notes,
            buyer=replace(BUYER, name=self.name, address=address),
            seller=replace(SELLER, name=f"{self.name} 2", address=address),
        )


SAMPLES: Mapping[str, Sample] = {
    "arabic": Sample("ar", "SAR", "SA", "شركة الأفق للتجارة", "شارع الملك فهد 12", "الرياض",
                     "تصميم الموقع الإلكتروني (المرحلة 2)", "هاتف +966 11 123 4567 للاستفسار، مرجع 2026-001"),
    "hebrew": Sample("he", "ILS", "IL", 'סטודיו אלון בע"מ', "רחוב הרצל 5", "תל אביב",
                     "פיתוח אתר VIP (שלב 2) 10%", "טל. (03) 955-2292, תודה רבה! IL-123/45-6"),
    "japanese": Sample("ja", "JPY", "JP", "株式会社𠮷野テスト", "丸の内1-2-3", "千代田区",
                       "ウェブサイトの設計と実装（第2段階）、サーバー", "ありがとうございます。"),
    "korean": Sample("ko", "KRW", "KR", "주식회사 한빛", "세종대로 110", "서울",
                     "웹사이트 설계 및 구현", "감사합니다."),
    "simplified-chinese": Sample("zh-Hans", "CNY", "CN", "上海镕喆有限公司", "南京路100号", "上海",
                                 "网站设计与开发「直骨海」", "谢谢惠顾。"),
    "traditional-chinese": Sample("zh-Hant", "TWD", "TW", "台北測試股份有限公司", "忠孝東路1號", "台北",
                                  "網站設計與開發「直骨海」", "謝謝惠顧。"),
    "thai": Sample("th", "THB", "TH", "บริษัท ทดสอบ จำกัด", "ถนนสุขุมวิท 12", "กรุงเทพฯ",
                   "ออกแบบและพัฒนาเว็บไซต์ น้ำดื่มบรรจุขวด", "ขอบคุณค่ะ"),
    "hindi": Sample("hi", "INR", "IN", "टेस्ट प्राइवेट लिमिटेड", "एम जी रोड 12", "मुंबई",
                    "वेबसाइट डिज़ाइन, क्षत्रिय हिंदी", "धन्यवाद!"),
    "russian": Sample("ru", "RUB", "RU", "ООО «Тест»", "ул. Ленина 1", "Москва", "Разработка сайта", "Спасибо!"),
    "greek": Sample("el", "EUR", "GR", "Δοκιμή Α.Ε.", "Οδός Ερμού 5", "Αθήνα", "Σχεδίαση ιστοσελίδας", "Ευχαριστούμε!"),
    "armenian": Sample("en", "AMD", "AM", "Փորձ ՍՊԸ", "Աբովյան 12", "Երևան", "Կայքի մշակում", "Շնորհակալություն"),
    "georgian": Sample("en", "GEL", "GE", "შპს ტესტი", "რუსთაველის 5", "თბილისი", "საიტის დამუშავება", "გმადლობთ"),
    "tamil": Sample("en", "LKR", "LK", "சோதனை நிறுவனம்", "காலி வீதி 5", "கொழும்பு", "இணையதள வடிவமைப்பு கொடுக்க", "நன்றி"),
    "mixed": Sample("de", "EUR", "DE", "Łódź & 東京 Ağa ΑΕ", "Straße Ельцина 7", "Việt Đức",
                    "Grüße 🎉 שלום (VIP) 10% مرحبا 2026-001 한국 ภาษาไทย বাংলা", "½ × 3 ≥ 1 → № 5 ✓ 👍🏽"),
}  # fmt: skip

_BILINGUAL = {
    "japanese-english": ("japanese", "ja,en"),
    "arabic-english": ("arabic", "ar,en"),
    "english-hebrew": ("hebrew", "en,he"),
    "german-french": ("mixed", "de,fr"),
}
SAMPLES = {**SAMPLES, **{name: replace(SAMPLES[of], language=locale) for name, (of, locale) in _BILINGUAL.items()}}

PAGES = ("arabic", "hebrew", "japanese", "thai", "hindi", "mixed", "arabic-english")
"""The samples whose page and e-mail are kept, too."""

_STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)


def page_of(invoice: Invoice) -> str:
    """The hosted page of an invoice, without its style sheet."""
    return _STYLES.sub("", render_invoice_page(invoice, pdf_url="https://example.com/invoice.pdf"))


def mail_of(invoice: Invoice) -> str:
    """The e-mail of an invoice: its subject, its plain text and its HTML."""
    delivery = Delivery(
        account="acc_1",
        id="dlv_1",
        version=1,
        document_id=invoice.id,
        status=DeliveryStatus.QUEUED,
        recipient="ap@initech.example",
        to=("ap@initech.example",),
        hosted_url="https://example.com/i/0123",
        created_at=SENT_AT,
        updated_at=SENT_AT,
    )
    raw = compose_invoice_email(invoice, delivery, b"%PDF-", sender="invoices@mail.acme.example")
    message = email.message_from_bytes(raw, policy=SMTP)
    bodies = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(message["Subject"]), *bodies]).replace("\r\n", "\n")


def texts_of(name: str) -> Mapping[str, str]:
    """What is kept of a sample, by file."""
    invoice = SAMPLES[name].invoice()
    found = {f"{name}.txt": listing(render_invoice_pdf(invoice))}
    return found | (
        {f"{name}-page.txt": page_of(invoice), f"{name}-mail.txt": mail_of(invoice)} if name in PAGES else {}
    )


LAYOUTS = {
    f"layout-{layout}-{paper.lower()}": Design(
        layout=layout,
        paper_size=paper,
        accent_color="#00aa77",
        labels={"invoice": "Honorarnote"},
        header="Of {{ account.name }}",
        footer="Managing director: Grace Hopper",
        payment_instructions="Pay {{ invoice.amount_due }} by {{ invoice.due_date }}.",
    )
    for layout in get_args(Layout)
    for paper in get_args(PaperSize)
}
"""A design in each layout on each paper."""


def layout_of(name: str) -> bytes:
    """An invoice in such a design, as PDF."""
    ref = TemplateRef("tmpl_1", 1)
    template = Template(
        account="acc_1",
        id=ref.key,
        ref=ref,
        name=name,
        design=LAYOUTS[name],
        created_at=SENT_AT,
        updated_at=SENT_AT,
    )
    return render_invoice_pdf(invoice_of([line_of(f"Work {number}") for number in range(22)]), template=template)


def listing(document: bytes) -> str:
    """What the pages of a document draw, a piece of text a line."""
    return "".join(
        f"{number}\t{piece.x:.1f}\t{piece.y:.1f}\t{piece.font} {piece.size:g}\t{piece.text}\n"
        for number, page in enumerate(pieces_of(document), start=1)
        for piece in page
    )


def listing_of(case: Case) -> str:
    """What is kept of a case: all of it, of each page of a long one how it begins and ends."""
    lines = listing(case.document()).splitlines(keepends=True)
    if case.count <= _LONG:
        return "".join(lines)
    pages = [list(page) for _, page in groupby(lines, lambda line: line.partition("\t")[0])]
    return "".join(line for page in pages for line in (*page[:_EDGE], "…\n", *page[-_EDGE:]))


def main() -> None:
    """Write what is drawn now."""
    built = build.built()
    if built is None:
        sys.exit("the fonts of all scripts need npm")
    draw_with(built / fonts.FILE.name, built)
    if len(sys.argv) > 1:
        documents = {name: render_invoice_pdf(sample.invoice()) for name, sample in SAMPLES.items()}
        documents |= {name: layout_of(name) for name in LAYOUTS} | {case.name: case.document() for case in CASES}
        for name, document in documents.items():
            (Path(sys.argv[1]) / f"{name}.pdf").write_bytes(document)
        return
    texts = {file: text for name in SAMPLES for file, text in texts_of(name).items()}
    texts |= {f"{name}.txt": listing(layout_of(name)) for name in LAYOUTS}
    for file, text in (texts | {f"{case.name}.txt": listing_of(case) for case in CASES}).items():
        (FOLDER / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
