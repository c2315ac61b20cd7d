"""CPU time and memory of invoices as PDF, beside the same content laid out by reportlab.

    python -m benchmarks.pdf

The other document is what a developer writes with reportlab's own layout engine (platypus) and its accelerator in C
(``rl_accel``): the same texts, amounts, rules and page numbers, in Helvetica, which is not embedded and covers Latin
only. The documents are drawn in turns, so that what else the machine does meets both.
"""

import io
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path += [str(Path(__file__).resolve().parent.parent / "layers" / x) for x in ("core", "documents", "typesetting")]

import reportlab
from reportlab.lib import rl_accel
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from invoicing.domain import fonts
from invoicing.domain.invoices.invoice import Invoice
from invoicing_documents.content import Content, content_of
from invoicing_documents.parties import Field
from invoicing_documents.pdf import render_invoice_pdf
from tests.documents.all_fonts import draw_with
from tests.documents.golden_pages import SAMPLES
from tests.documents.sample_invoices import invoice_of, many_lines
from tools.fonts import build

ROUNDS = 15
DOCUMENTS = 1_000
BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=12.4)
QUIET = ParagraphStyle("quiet", parent=BODY, fontSize=8.5, textColor=HexColor("#616e7c"))
RIGHT = ParagraphStyle("right", parent=BODY, alignment=TA_RIGHT)
TITLE = ParagraphStyle("title", parent=RIGHT, fontSize=23, leading=30, textColor=HexColor("#1f4e79"))
INK, LINE = HexColor("#1f2933"), HexColor("#d9dee4")


def reportlab_invoice(invoice: Invoice) -> bytes:
    """Lay the invoice out with platypus."""
    content, output = content_of(invoice), io.BytesIO()
    document = SimpleDocTemplate(output, pagesize=A4, leftMargin=50, rightMargin=50, topMargin=50, bottomMargin=60)
    story = [
        Table([[_party(content), [Paragraph(content.title, TITLE), Paragraph(content.number or "", RIGHT)]]]),
        Spacer(0, 20),
        Table([[[Paragraph(x, BODY) for x in (content.buyer.name, *content.buyer.lines)], _fields(content.facts)]]),
        Spacer(0, 14),
        _lines(content),
        Spacer(0, 8),
        _fields((*content.summary, content.total)),
        Paragraph(content.notes, BODY),
        _fields(content.payment),
    ]
    document.build(story, onFirstPage=_foot, onLaterPages=_foot)
    return output.getvalue()


def _party(content: Content) -> list[Paragraph]:
    lines = (content.seller.name, *content.seller.lines, content.seller_email or "")
    return [Paragraph(line, QUIET) for line in lines]


def _fields(fields: tuple[Field, ...]) -> Table:
    rows = [[Paragraph(field.label, QUIET), Paragraph(field.value, RIGHT)] for field in fields]
    return Table(rows, colWidths=[110, 110], hAlign="RIGHT") if rows else Spacer(0, 0)


def _lines(content: Content) -> Table:
    head = ("description", "quantity", "unit_price", "tax", "amount")
    rows: list[list[object]] = [[content.wording[name] for name in head]]
    for row in content.rows:
        description = [Paragraph(row.description, BODY)]
        rows.append([description, row.quantity, row.unit_price, row.tax, row.amount])
    style = [
        ("FONT", (0, 0), (-1, -1), "Helvetica", 9),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, LINE),
    ]
    return Table(rows, colWidths=[270, 55, 65, 35, 70], repeatRows=1, style=TableStyle(style))


def _foot(canvas: object, document: object) -> None:
    canvas.setFont("Helvetica", 7.5)  # type: ignore[attr-defined]
    canvas.drawRightString(545, 34, f"Page {document.page}")  # type: ignore[attr-defined]


def cpu(draw: Callable[[Invoice], bytes], invoice: Invoice) -> float:
    """Milliseconds of CPU of one document."""
    start = time.process_time()
    draw(invoice)
    return (time.process_time() - start) * 1000


def main() -> None:
    """Print the tables of benchmarks/README.md."""
    in_c = type(rl_accel.unicode2T1).__name__ == "builtin_function_or_method"
    print(f"reportlab {reportlab.__version__}, accelerated in C: {in_c}\n")
    print("| lines | reportlab, ms | ours, ms | ratio | bytes |")
    print("|---:|---:|---:|---:|---:|")
    for count in (1, 10, 40, 500):
        invoice = invoice_of(many_lines(count), notes="Thank you for your business.")
        size = len(render_invoice_pdf(invoice))
        reportlab_invoice(invoice)
        pairs = [(cpu(reportlab_invoice, invoice), cpu(render_invoice_pdf, invoice)) for _ in range(ROUNDS)]
        theirs, ours = (statistics.median(values) for values in zip(*pairs, strict=True))
        ratio = statistics.median(mine / other for other, mine in pairs)
        print(f"| {count} | {theirs:.1f} | {ours:.1f} | {ratio:.2f} | {size:,} |")
    _print_memory()
    _print_scripts()


def _print_scripts() -> None:
    """Print what the golden pages take, drawn with all fonts."""
    built = build.built()
    if built is None:
        return
    draw_with(built / fonts.FILE.name, built)
    print("\n| page | ms |\n|---|---:|")
    for name, sample in SAMPLES.items():
        invoice = sample.invoice()
        render_invoice_pdf(invoice)
        print(f"| {name} | {statistics.median(cpu(render_invoice_pdf, invoice) for _ in range(ROUNDS)):.0f} |")


def _print_memory() -> None:
    invoice = invoice_of(many_lines(10))
    peaks = []
    for _ in range(4):
        for _ in range(DOCUMENTS // 4):
            render_invoice_pdf(invoice)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(f"\nMemory after each quarter of {DOCUMENTS:,} documents, MB: {', '.join(f'{peak:.0f}' for peak in peaks)}")


if __name__ == "__main__":
    main()
