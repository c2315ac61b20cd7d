"""Payment part and receipt of a Swiss QR-bill, at the foot of an A4 page (SIX, Style Guide QR-bill).

Places are in millimetres from the top left of the form and do not depend on layout and direction of writing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from invoicing_documents.payment_code import modules_of
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.canvas import Canvas
from invoicing_documents.pdf.runs import BOLD, REGULAR
from invoicing_documents.pdf.typesetter import Style
from invoicing_documents.swiss_qr_bill import QrBill

_POINTS = 72 / 25.4  # of a millimetre
_WIDTH, _HEIGHT, _RECEIPT_WIDTH = 210.0, 105.0, 62.0
_ABOVE = 5.0  # for the words above the line
_CODE = 46.0
_RULE = 0.18
_SMALLER = (1, 0.9, 0.8, 0.75)

_WORDS = {
    "de": (
        "Zahlteil", "Empfangsschein", "Konto / Zahlbar an", "Referenz", "Zusätzliche Informationen", "Zahlbar durch",
        "Zahlbar durch (Name/Adresse)", "Währung", "Betrag", "Annahmestelle", "Vor der Einzahlung abzutrennen",
    ),
    "fr": (
        "Section paiement", "Récépissé", "Compte / Payable à", "Référence", "Informations supplémentaires",
        "Payable par", "Payable par (nom/adresse)", "Monnaie", "Montant", "Point de dépôt",
        "A détacher avant le versement",
    ),
    "it": (
        "Sezione pagamento", "Ricevuta", "Conto / Pagabile a", "Riferimento", "Informazioni supplementari",
        "Pagabile da", "Pagabile da (nome/indirizzo)", "Valuta", "Importo", "Punto di accettazione",
        "Da staccare prima del versamento",
    ),
    "en": (
        "Payment part", "Receipt", "Account / Payable to", "Reference", "Additional information", "Payable by",
        "Payable by (name/address)", "Currency", "Amount", "Acceptance point", "Separate before paying in",
    ),
}  # fmt: skip
"""The words of the guidelines (annex C), in the order of `_Words`."""


class _Words(NamedTuple):
    payment_part: str
    receipt: str
    account: str
    reference: str
    message: str
    debtor: str
    blank_debtor: str
    currency: str
    amount: str
    acceptance_point: str
    separate: str


class _Sizes(NamedTuple):
    """The sizes of headings and values, and the distance between lines, in points."""

    heading: float
    value: float
    leading: float

    def times(self, factor: float) -> "_Sizes":
        """Return other sizes, but no heading of less than 6 points."""
        return _Sizes(max(self.heading * factor, 6), self.value * factor, self.leading * factor)


_OF_RECEIPT, _OF_PAYMENT = _Sizes(6, 8, 9), _Sizes(8, 10, 11)


class _Place(NamedTuple):
    x: float
    y: float
    width: float
    height: float


class _Block(NamedTuple):
    """A heading and lines; without lines a field to write in, of so many millimetres."""

    heading: str
    lines: Sequence[str]
    blank: tuple[float, float] = (0, 0)


def height_of_part(canvas: Canvas) -> float:
    """Return how much of the foot of a page the form takes, in units of the canvas."""
    return (_HEIGHT + _ABOVE) * _POINTS / canvas.scale


def draw_payment_part(canvas: Canvas, bill: QrBill, alternative: str) -> None:
    """Draw the form at the foot of the last page; ``alternative`` describes its code to those who cannot see it."""
    words, form = _Words(*_WORDS[bill.language]), _Form(canvas)
    form.rule(0, 0, _WIDTH)
    form.rule(_RECEIPT_WIDTH, 0, _HEIGHT, upright=True)
    form.text(_WIDTH / 2, -1.2, words.separate, 7, anchor=0.5)
    form.text(5, 8.5, words.receipt, 11, BOLD)
    form.blocks(_Place(5, 12, 52, 54), _blocks(bill, words, (52, 20), with_message=False), _OF_RECEIPT)
    _draw_amount(form, bill, words, 5, _OF_RECEIPT, apart=12)
    form.text(57, 84.5, words.acceptance_point, 6, BOLD, anchor=1)
    form.text(67, 8.5, words.payment_part, 11, BOLD)
    form.code(67, 17, bill.payload, alternative)
    _draw_amount(form, bill, words, 67, _OF_PAYMENT, apart=16)
    form.blocks(_Place(118, 5, 87, 95), _blocks(bill, words, (65, 25), with_message=True), _OF_PAYMENT)


def _blocks(bill: QrBill, words: _Words, blank: tuple[float, float], *, with_message: bool) -> list[_Block]:
    blocks = [_Block(words.account, (bill.account, *bill.creditor))]
    if bill.reference:
        blocks.append(_Block(words.reference, (bill.reference,)))
    if with_message and bill.message:
        blocks.append(_Block(words.message, (bill.message,)))
    heading = words.debtor if bill.debtor else words.blank_debtor
    return [*blocks, _Block(heading, bill.debtor, blank)]


def _draw_amount(form: "_Form", bill: QrBill, words: _Words, x: float, sizes: _Sizes, *, apart: float) -> None:
    for place, heading, value in ((x, words.currency, bill.currency), (x + apart, words.amount, bill.amount)):
        form.text(place, 70.5, heading, sizes.heading, BOLD)
        form.text(place, 70.5 + sizes.leading * 1.1 / _POINTS, value, sizes.value)


class _Form:
    """A form on the last page of a canvas; places are in millimetres, sizes of text in points."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._unit = _POINTS / canvas.scale
        self._top = canvas.height - _HEIGHT * self._unit

    def text(
        self, x: float, baseline: float, text: str, size: float, weight: str = REGULAR, *, anchor: float = 0
    ) -> None:
        """Draw a line of text from ``x`` on, or with its middle or end there: ``anchor`` 0.5 or 1."""
        style = self._style(size, weight)
        width = self._canvas.measure(text, style)
        start = self._canvas.from_left(x * self._unit - anchor * width, width)
        self._canvas.text(start, self._top + baseline * self._unit, text, style)

    def rule(self, x: float, y: float, length: float, *, upright: bool = False) -> None:
        """Draw a thin rule to the right, or down."""
        width, height = (_RULE, length) if upright else (length, _RULE)
        start = self._canvas.from_left(x * self._unit, width * self._unit)
        top = self._top + y * self._unit
        self._canvas.box(start, top, width * self._unit, height * self._unit, theme.BLACK)

    def code(self, x: float, y: float, payload: str, alternative: str) -> None:
        """Draw the code of the bill."""
        size, top = _CODE * self._unit, self._top + y * self._unit
        start = self._canvas.from_left(x * self._unit, size)
        self._canvas.code(start, top, size, modules_of(payload), alternative, is_swiss=True)

    def blocks(self, place: _Place, blocks: Sequence[_Block], usual: _Sizes) -> None:
        """Draw blocks below each other, in smaller letters where they would be higher than their place."""
        x, y, width, height = place
        for factor in _SMALLER:
            sizes = usual.times(factor)
            lines = [self._wrapped(block, width, sizes) for block in blocks]
            if sum(len(each) + 2 for each in lines) * sizes.leading <= height * _POINTS:
                break
        for block, each in zip(blocks, lines, strict=True):
            y += sizes.leading / _POINTS
            self.text(x, y, block.heading, sizes.heading, BOLD)
            for line in each:
                y += sizes.leading / _POINTS
                self.text(x, y, line, sizes.value)
            if not block.lines:
                self._corners(x, y + 1, *block.blank)
            y += sizes.leading / _POINTS

    def _wrapped(self, block: _Block, width: float, sizes: _Sizes) -> list[str]:
        style = self._style(sizes.value)
        return [part for line in block.lines for part in self._canvas.wrap(line, style, width * self._unit)]

    def _corners(self, x: float, y: float, width: float, height: float) -> None:
        """Mark the corners of a field to write in."""
        side = 3.0
        for right in (False, True):
            for low in (False, True):
                edge, level = x + width * right, y + height * low
                self.rule(edge - side * right, level, side)
                self.rule(edge, level - side * low, side, upright=True)

    def _style(self, size: float, weight: str = REGULAR) -> Style:
        return Style(size / self._canvas.scale, theme.BLACK, weight)
