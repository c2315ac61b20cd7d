"""The marks of copies, which say what became of an invoice."""

from invoicing.domain.invoices.mark import Mark
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.flow import Flow
from invoicing_documents.wording import Wording


def draw_mark(flow: Flow, wording: Wording, mark: Mark, top: float) -> float:
    """Draw a mark in its frame at the end of the heading; return where it ends."""
    canvas, word, style = flow.canvas, wording[f"mark_{mark}"], theme.MARKS[mark]
    height, padding = style.leading + 8, 10.0
    start = flow.end - canvas.measure(word, style) - 2 * padding
    for inset, colour in ((0.0, style.colour), (1.2, theme.PAPER)):
        canvas.box(start + inset, top + inset, flow.end - start - 2 * inset, height - 2 * inset, colour)
    canvas.text_to(flow.end - padding, top + height / 2 + style.size * 0.36, word, style)
    return top + height
