"""The embedded typeface: its metrics, and its reduction to the characters of one document.

Works on the files that ``tools/make_fonts.py`` makes: TrueType (OpenType 1.9) without composite glyphs, so that each
glyph can be cut out alone. A general font library takes most of a document's time for the same.
"""

import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
REGULAR = "regular"
BOLD = "bold"

_HEAD_ADJUSTMENT = 8  # offset of checkSumAdjustment in the head table
_MAGIC = 0xB1B0AFBA


@dataclass(frozen=True, slots=True)
class Typeface:
    """A weight of the typeface; ``widths`` of characters in thousandths of the font size, as all other measures."""

    name: str
    tables: dict[str, bytes]
    glyphs: dict[int, int]
    advances: tuple[int, ...]
    bearings: tuple[int, ...]
    offsets: tuple[int, ...]
    widths: dict[str, int]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    weight: int

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in the unit of ``size``; `KeyError` for a character that the typeface lacks."""
        return sum(map(self.widths.__getitem__, text)) * size / 1000

    def subset(self, glyph_ids: Sequence[int]) -> bytes:
        """Make a font file of only these glyphs, renumbered in the order given; the first must be 0, ``.notdef``."""
        outlines = [self._outline(glyph) for glyph in glyph_ids]
        ends = [0]
        for outline in outlines:
            ends.append(ends[-1] + len(outline))
        metrics = [value for glyph in glyph_ids for value in (self.advances[glyph], self.bearings[glyph])]
        count = len(glyph_ids)
        head = bytearray(self.tables["head"])
        head[_HEAD_ADJUSTMENT : _HEAD_ADJUSTMENT + 4] = bytes(4)
        head[50:52] = struct.pack(">h", 1)  # indexToLocFormat: long offsets
        return _sfnt(
            {
                "glyf": b"".join(outlines),
                "head": bytes(head),
                "hhea": self.tables["hhea"][:34] + struct.pack(">H", count),
                "hmtx": struct.pack(">" + "Hh" * count, *metrics),
                "loca": struct.pack(f">{count + 1}I", *ends),
                "maxp": self.tables["maxp"][:4] + struct.pack(">H", count) + self.tables["maxp"][6:],
            }
        )

    def _outline(self, glyph: int) -> bytes:
        outline = self.tables["glyf"][self.offsets[glyph] : self.offsets[glyph + 1]]
        return outline + bytes(-len(outline) % 4)


@cache
def typeface(weight: str) -> Typeface:
    """Return the typeface in `REGULAR` or `BOLD`, read once per process."""
    data = files("invoicing_documents.fonts").joinpath(f"sans-{weight}.ttf").read_bytes()
    tables = {}
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        tables[tag.decode()] = data[offset : offset + length]
    glyphs = _characters(tables["cmap"])
    advances, bearings = _metrics(tables)
    scale = 1000 / struct.unpack_from(">H", tables["head"], 18)[0]
    ascent, descent = struct.unpack_from(">hh", tables["hhea"], 4)
    return Typeface(
        name=_postscript_name(tables["name"]),
        tables=tables,
        glyphs=glyphs,
        advances=advances,
        bearings=bearings,
        offsets=_offsets(tables),
        widths={chr(code): round(advances[glyph] * scale) for code, glyph in glyphs.items()},
        box=struct.unpack_from(">4h", tables["head"], 36),
        ascent=round(ascent * scale),
        descent=round(descent * scale),
        cap_height=round(struct.unpack_from(">h", tables["OS/2"], 88)[0] * scale),
        weight=struct.unpack_from(">H", tables["OS/2"], 4)[0],
    )


def drawable(text: str, missing: set[str]) -> str:
    """Return the text in characters that the typeface has; missing ones become `REPLACEMENT`, added to ``missing``.

    The text must have no control characters. Characters that only join or vary their neighbours (format controls,
    variation selectors) are dropped.
    """
    if text.isascii():
        return text
    widths = typeface(REGULAR).widths
    drawn = []
    for character in text:
        if character in widths:
            drawn.append(character)
        elif not _is_invisible(character):
            missing.add(character)
            drawn.append(REPLACEMENT)
    return "".join(drawn)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _characters(cmap: bytes) -> dict[int, int]:
    """Read the glyph number of each character, from a table with one format 12 subtable."""
    start = struct.unpack_from(">L", cmap, 8)[0]
    count = struct.unpack_from(">L", cmap, start + 12)[0]
    groups = struct.iter_unpack(">LLL", cmap[start + 16 : start + 16 + 12 * count])
    return {code: glyph + code - first for first, last, glyph in groups for code in range(first, last + 1)}


def _metrics(tables: dict[str, bytes]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    full = struct.unpack_from(">H", tables["hhea"], 34)[0]
    count = struct.unpack_from(">H", tables["maxp"], 4)[0]
    pairs = struct.unpack_from(">" + "Hh" * full, tables["hmtx"])
    rest = struct.unpack_from(f">{count - full}h", tables["hmtx"], 4 * full)
    return pairs[::2] + pairs[-2:-1] * (count - full), pairs[1::2] + rest


def _offsets(tables: dict[str, bytes]) -> tuple[int, ...]:
    count = struct.unpack_from(">H", tables["maxp"], 4)[0] + 1
    if struct.unpack_from(">h", tables["head"], 50)[0]:
        return struct.unpack_from(f">{count}L", tables["loca"])
    return tuple(2 * half for half in struct.unpack_from(f">{count}H", tables["loca"]))


def _postscript_name(name: bytes) -> str:
    """Read name 6, in the Windows platform's UTF-16."""
    count, strings = struct.unpack_from(">HH", name, 2)
    for index in range(count):
        platform, _, _, kind, length, offset = struct.unpack_from(">6H", name, 6 + 12 * index)
        if (platform, kind) == (3, 6):
            return name[strings + offset : strings + offset + length].decode("utf-16-be")
    raise ValueError("the font file has no PostScript name")


def _sfnt(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">LHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    directory, body = b"", b""
    start = len(header) + 16 * count
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        directory += struct.pack(">4sLLL", tag.encode(), _checksum(padded), start + len(body), len(table))
        body += padded
    font = bytearray(header + directory + body)
    adjustment = start + len(tables["glyf"]) + _HEAD_ADJUSTMENT
    font[adjustment : adjustment + 4] = struct.pack(">L", (_MAGIC - _checksum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes | bytearray) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF
