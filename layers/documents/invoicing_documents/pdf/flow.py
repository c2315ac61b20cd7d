"""The flow of a document: downwards, and over to a new page where content does not fit."""

from collections.abc import Callable
from math import inf

from invoicing_documents.parties import Field
from invoicing_documents.pdf.canvas import Canvas
from invoicing_documents.pdf.theme import MARGIN
from invoicing_documents.pdf.typesetter import Style


class Flow:
    """A cursor on a canvas; ``y`` is the top of the free space of the current page, ``bottom`` its end.

    ``follows`` is the height of what must stand on the page of a table's last row.
    """

    def __init__(self, canvas: Canvas, bottom: float) -> None:
        self.canvas = canvas
        self.start = MARGIN
        self.end = canvas.width - MARGIN
        self.bottom = bottom
        self.follows = 0.0
        self.y = MARGIN
        canvas.add_page()

    @property
    def middle(self) -> float:
        """Where the second half of the width begins."""
        return self.start + (self.end - self.start) * 0.54

    @property
    def page_height(self) -> float:
        """The height of an empty page's free space."""
        return self.bottom - MARGIN

    def fits(self, height: float) -> bool:
        """Whether content of this height still fits on this page."""
        return self.y + height <= self.bottom

    def height_of(self, draw: Callable[[], None]) -> float:
        """Return the height of what is drawn, which leaves no trace."""
        y, bottom, mark = self.y, self.bottom, self.canvas.mark()
        self.y, self.bottom = 0.0, inf
        draw()
        height = self.y
        self.canvas.undo(mark)
        self.y, self.bottom = y, bottom
        return height

    def new_page(self) -> None:
        """Go to the top of a new page."""
        self.canvas.add_page()
        self.y = MARGIN

    def line(self, x: float, text: str, style: Style) -> None:
        """Draw a line of text and go below it; on a new page when this one is full."""
        if not self.fits(style.leading):
            self.new_page()
        self.canvas.text(x, self.y + style.size, text, style)
        self.y += style.leading

    def paragraph(self, x: float, text: str, style: Style, width: float) -> None:
        """Draw a text in a column and go below it."""
        for line in self.canvas.wrap(text, style, width):
            self.line(x, line, style)

    def field(self, field: Field, start: float, end: float, label: Style, value: Style) -> None:
        """Draw a label, and its value opposite, at the end; whichever is too long is wrapped.

        A value that leaves room for the longest word of its label stays on one line: an amount is never broken.
        """
        canvas, room = self.canvas, end - start - 10
        longest = max((canvas.measure(word, label) for word in field.label.split()), default=0.0)
        fits = canvas.measure(field.value, value) <= room - longest
        values = [field.value] if fits else canvas.wrap(field.value, value, (end - start) * 0.62)
        labels = canvas.wrap(field.label, label, room - max(canvas.measure(line, value) for line in values))
        leading = max(label.leading, value.leading)
        height = leading * max(len(labels), len(values))
        if not self.fits(height):
            self.new_page()
        baseline = self.y + max(label.size, value.size)
        for index, line in enumerate(labels):
            self.canvas.text(start, baseline + index * leading, line, label)
        for index, line in enumerate(values):
            self.canvas.text_to(end, baseline + index * leading, line, value)
        self.y += height
