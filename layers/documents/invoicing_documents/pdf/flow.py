"""The flow of a document: downwards, and over to a new page where content does not fit."""

import re
from collections.abc import Callable
from math import inf
from urllib.parse import quote

from invoicing_documents.parties import Field
from invoicing_documents.pdf.canvas import Canvas
from invoicing_documents.pdf.theme import MARGIN, QUIET
from invoicing_documents.pdf.typesetter import Style

_ADDRESS = re.compile(r"(?P<url>https?://\S+)|(?P<email>[^\s@<>,;:()]+@[^\s@<>,;:()]+\.[^\s@<>,;:()]+)")

_SAFE = ":/?#[]@!$&'()*+,;=%~"


def url_in(text: str) -> str:
    """Return where a text leads that is a web address, or has an e-mail address, in ASCII; empty without one."""
    whole, found = _ADDRESS.fullmatch(text), _ADDRESS.search(text)
    if whole and whole["url"]:
        return quote(whole["url"], safe=_SAFE)
    return f"mailto:{quote(found['email'], safe='@+')}" if found and found["email"] else ""


class Flow:
    """A cursor on a canvas; ``y`` is the top of the free space of the current page, ``bottom`` its end.

    ``follows`` is the height of what must stand on the page of a table's last row, ``widest_labels`` the most of a
    column that labels before values take.
    """

    def __init__(self, canvas: Canvas, bottom: float) -> None:
        self.canvas = canvas
        self.start = MARGIN
        self.end = canvas.width - MARGIN
        self.bottom = bottom
        self.follows = 0.0
        self.widest_labels = 1.0
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

    def line(self, x: float, text: str, style: Style, url: str = "") -> None:
        """Draw a line of text and go below it; on a new page when this one is full."""
        if not self.fits(style.leading):
            self.new_page()
        self.canvas.text(x, self.y + style.size, text, style, url=url)
        self.y += style.leading

    def paragraph(self, x: float, text: str, style: Style, width: float, url: str = "") -> None:
        """Draw a text in a column and go below it."""
        for line in self.canvas.wrap(text, style, width):
            self.line(x, line, style, url)

    def own_text(self, text: str) -> None:
        """Draw a text of the design over the whole width, if there is one, and go below it."""
        if text:
            self.paragraph(self.start, text, QUIET, self.end - self.start)
            self.y += QUIET.leading

    def field(self, field: Field, start: float, end: float, label: Style, value: Style) -> None:
        """Draw a label, and its value opposite, at the end; whichever is too long is wrapped.

        A value that leaves room for the longest word of its label stays on one line. Where the words of both do not
        fit beside each other, the value stands below its label: numbers are never broken.
        """
        canvas, room, part = self.canvas, end - start - 10, (end - start) * 0.62
        longest = canvas.longest(field.label, label)
        if canvas.measure(field.value, value) <= room - longest:
            values = [field.value]
        elif canvas.longest(field.value, value) <= part and longest <= room - part:
            values = canvas.wrap(field.value, value, part)
        else:
            self._field_below(field, start, end, label, value)
            return
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

    def _field_below(self, field: Field, start: float, end: float, label: Style, value: Style) -> None:
        """Draw a label over the whole width, and its value below it, at the end."""
        canvas, width = self.canvas, end - start
        small, value = canvas.fitting(field.label, label, width), canvas.fitting(field.value, value, width)
        labels, values = canvas.wrap(field.label, small, width), canvas.wrap(field.value, value, width)
        if not self.fits(min(len(labels) * small.leading + value.leading, self.page_height)):
            self.new_page()
        for line in labels:
            self.line(start, line, small)
        for line in values:
            if not self.fits(value.leading):
                self.new_page()
            canvas.text_to(end, self.y + value.size, line, value)
            self.y += value.leading
