"""Bookings as DATEV's accounting programs read them: the format EXTF 700, category 21 (Buchungsstapel), version 13.

https://developer.datev.de describes it: Windows-1252, a line about the file, a line with the names of all columns, and
a line for each booking with the amount always positive, the side of the first account, and the day and month.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from invoicing.domain.exports.bookings import Booking
from invoicing.domain.exports.export import Export
from invoicing.domain.money.amounts import to_major

ENCODING = "windows-1252"
END = "\r\n"

_FIRST = (
    "Umsatz (ohne Soll/Haben-Kz)|Soll/Haben-Kennzeichen|WKZ Umsatz|Kurs|Basis-Umsatz|WKZ Basis-Umsatz|Konto|"
    "Gegenkonto (ohne BU-Schlüssel)|BU-Schlüssel|Belegdatum|Belegfeld 1|Belegfeld 2|Skonto|Buchungstext|"
    "Postensperre|Diverse Adressnummer|Geschäftspartnerbank|Sachverhalt|Zinssperre|Beleglink"
)
_MIDDLE = (
    "KOST1 - Kostenstelle|KOST2 - Kostenstelle|Kost-Menge|EU-Land u. UStID (Bestimmung)|EU-Steuersatz (Bestimmung)|"
    "Abw. Versteuerungsart|Sachverhalt L+L|Funktionsergänzung L+L|BU 49 Hauptfunktionstyp|BU 49 Hauptfunktionsnummer|"
    "BU 49 Funktionsergänzung"
)
_LAST = (
    "Stück|Gewicht|Zahlweise|Forderungsart|Veranlagungsjahr|Zugeordnete Fälligkeit|Skontotyp|Auftragsnummer|"
    "Buchungstyp|USt-Schlüssel (Anzahlungen)|EU-Land (Anzahlungen)|Sachverhalt L+L (Anzahlungen)|"
    "EU-Steuersatz (Anzahlungen)|Erlöskonto (Anzahlungen)|Herkunft-Kz|Buchungs GUID|KOST-Datum|"
    "SEPA-Mandatsreferenz|Skontosperre|Gesellschaftername|Beteiligtennummer|Identifikationsnummer|Zeichnernummer|"
    "Postensperre bis|Bezeichnung SoBil-Sachverhalt|Kennzeichen SoBil-Buchung|Festschreibung|Leistungsdatum|"
    "Datum Zuord. Steuerperiode|Fälligkeit|Generalumkehr (GU)|Steuersatz|Land|Abrechnungsreferenz|BVV-Position|"
    "EU-Land u. UStID (Ursprung)|EU-Steuersatz (Ursprung)|Abw. Skontokonto"
)
COLUMNS = (
    *_FIRST.split("|"),
    *(f"Beleginfo - {part} {place}" for place in range(1, 9) for part in ("Art", "Inhalt")),
    *_MIDDLE.split("|"),
    *(f"Zusatzinformation - {part} {place}" for place in range(1, 21) for part in ("Art", "Inhalt")),
    *_LAST.split("|"),
)
"""The 125 columns of version 13."""

_NOT_IN_REFERENCE = re.compile(r"[^A-Za-z0-9$%&*+\-/]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_CENT = Decimal("0.01")
_LEAST_RATE, _HIGHEST_RATE = Decimal("0.000001"), Decimal("9999.999999")
_HIGHEST_AMOUNT = Decimal("9999999999.99")
_LONGEST_REFERENCE, _LONGEST_TEXT = 36, 60


def header(export: Export) -> bytes:
    """Return the line about the file, and that with the names of the columns."""
    books = export.books
    if books is None:
        raise LookupError("bookings have books")
    made = export.as_of.strftime("%Y%m%d%H%M%S") + f"{export.as_of.microsecond // 1000:03}"
    begins, first, last = (f"{day:%Y%m%d}" for day in (books.fiscal_year_start, export.start_date, export.end_date))
    about = (
        *('"EXTF"', "700", "21", '"Buchungsstapel"', "13", made, "", '"RE"', '""', '""'),
        *(str(books.consultant_number), str(books.client_number), begins, str(len(books.account("receivables")))),
        *(first, last, '"Rechnungsausgang"', '""', "1", "0", "0", _text(books.currency, 3)),
        *("", '""', "", "", '"03"' if not books.accounts else '""', "", "", '""', '""'),
    )
    return f"{';'.join(about)}{END}{';'.join(COLUMNS)}{END}".encode(ENCODING)


def line(booking: Booking, export: Export) -> bytes:
    """Return the line of a booking; a character that Windows-1252 lacks becomes a question mark."""
    entry, base = booking.entry, export.books.currency if export.books else ""
    cells = [""] * len(COLUMNS)
    amount, currency, more = _in_currencies(booking, base)
    cells[:6] = amount, '"S"' if booking.side == "debit" else '"H"', _text(currency, 3), *more
    cells[6:8] = booking.account, booking.contra
    cells[9:11] = f"{entry.date:%d%m}", _text(_NOT_IN_REFERENCE.sub("", booking.reference), _LONGEST_REFERENCE)
    cells[13] = _text(booking.text or str(entry.movement), _LONGEST_TEXT)
    return f"{';'.join(cells)}{END}".encode(ENCODING, "replace")


def _in_currencies(booking: Booking, base: str) -> tuple[str, str, tuple[str, str, str]]:
    """Return the amount, its currency and, of a foreign one, the rate, the amount in that of the books, and that.

    The amount itself is in the currency of the books where DATEV has no room for the rate or the foreign amount.
    """
    currency, nothing = booking.entry.currency, ("", "", "")
    own = _major(booking.amount, currency)
    rate = booking.exchange.rate if booking.exchange else None
    in_books = _CENT * 0 if booking.base_amount is None else _major(booking.base_amount, base)
    if currency == base or rate is None or not in_books:
        return _written(own), currency, nothing
    if not _LEAST_RATE <= rate <= _HIGHEST_RATE or own > _HIGHEST_AMOUNT:
        return _written(in_books), base, nothing
    return _written(own), currency, (_written(rate.quantize(_LEAST_RATE)), _written(in_books), _text(base, 3))


def _major(minor: int, currency: str) -> Decimal:
    """Return an amount with two decimals, as DATEV has them of every currency."""
    return to_major(minor, currency).quantize(_CENT, ROUND_HALF_UP)


def _written(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _text(text: str, longest: int) -> str:
    # Windows-1252 has letters with their marks, but no marks.
    cut = _CONTROL.sub(" ", unicodedata.normalize("NFC", text))[:longest]
    return '"' + cut.replace('"', '""') + '"'
