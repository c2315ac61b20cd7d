"""Sizes, colours and text styles of the classic layout, in points and sRGB."""

from invoicing_documents.pdf.runs import BOLD
from invoicing_documents.pdf.typesetter import Style

A4 = (595.28, 841.89)
LETTER = (612.0, 792.0)
MARGIN = 50.0

LOGO_BOX = (170.08, 70.87)
"""60 by 25 mm."""
CODE = 80.0
"""A code that is scanned: 28 mm, of at most 69 modules of 0.4 mm."""
COARSEST = 150 / 72
"""The fewest pixels of a logo for each point: 150 dpi, so that a small one stays small and sharp."""

INK = (31, 41, 51)
BLACK = (0, 0, 0)
GREY = (97, 110, 124)
ACCENT = (31, 78, 121)
LINE = (217, 222, 228)
PANEL = (238, 243, 248)
WARNING_PANEL = (253, 243, 222)
WARNING = (138, 90, 0)
PAPER = (255, 255, 255)
GOOD = (22, 101, 52)
BAD = (153, 27, 27)

TITLE = Style(23, ACCENT)
SUBTITLE = Style(14, ACCENT)
NUMBER = Style(11, INK, BOLD)
SELLER = Style(13.5, INK, BOLD)
NAME = Style(10, INK, BOLD)
BODY = Style(9, INK)
LINK = Style(9, ACCENT)
STRONG = Style(9, INK, BOLD)
QUIET = Style(8.5, GREY)
LABEL = Style(8, GREY)
HEADING = Style(9, ACCENT, BOLD)
HEAD = Style(8, GREY, BOLD)
TOTAL = Style(12, INK, BOLD)
FOOT = Style(7.5, GREY)
NOTICE = Style(9.5, WARNING, BOLD)
MARKS = {
    "paid": Style(13, GOOD, BOLD),
    "overdue": Style(13, BAD, BOLD),
    "cancelled": Style(13, BAD, BOLD),
    "credited": Style(13, GREY, BOLD),
}
