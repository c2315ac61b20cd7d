"""Embedding of the typeface with fpdf2: glyphs numbered as the document uses them, cut without fontTools.

fpdf2 would parse and reduce the font file for every document, which is most of the time of a one-page invoice, and
keeps every document's characters in a global cache; its text calls are most of the time of a long one. It has no public
hook for this, so this module uses internals of fpdf2 and is tested against the pinned version.
"""

import hashlib
from string import ascii_uppercase
from typing import Any

from fpdf import FPDF
from fpdf.enums import FontDescriptorFlags, PDFResourceType, TextEmphasis
from fpdf.fonts import PDFFontDescriptor, TTFFont
from fpdf.output import CIDSystemInfo, OutputProducer, PDFFont, PDFFontStream
from fpdf.syntax import Name, PDFArray, PDFContentStream, PDFString

from invoicing_documents.pdf.typeface import Typeface

_SYMBOLIC = FontDescriptorFlags.SYMBOLIC
_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_LARGEST_BLOCK = 100  # ISO 32000-1, 9.7.5.4: entries of one bfchar section


class _GlyphNumbers(dict[int, int]):
    """Translation table from code points to this document's glyph numbers, filled in order of use; 0 is .notdef."""

    def __missing__(self, code: int) -> int:
        number = len(self) + 1
        self[code] = number
        return number


class EmbeddedFont(TTFFont):
    """A typeface as one document uses it, in place of a font that fpdf2 loads itself."""

    def __init__(self, index: int, key: str, style: str, face: Typeface) -> None:
        self.i = index
        self.type = "TTF"
        self.name = face.name
        self.fontkey = key
        self.emphasis = TextEmphasis.coerce(style)
        self.color_font = None
        self.is_cff = self.is_cid_keyed = self.is_symbol = self.is_compressed = False
        self.face = face
        self.numbers = _GlyphNumbers()

    def encode_text(self, text: str) -> str:
        """Write the operator that shows a text."""
        return f"<{text.translate(self.numbers).encode('utf-16-be').hex()}> Tj"

    def close(self) -> None:
        """Nothing to close: the typeface is in memory."""


def add_operators(pdf: FPDF, operators: str) -> None:
    """Add content to the current page, which may use every font of the document."""
    for font in pdf.fonts.values():
        pdf._resource_catalog.add(PDFResourceType.FONT, font.i, pdf.page)  # noqa: SLF001 - see the module
    pdf._out(operators)  # noqa: SLF001 - see the module


class SubsetProducer(OutputProducer):
    """Writes `EmbeddedFont` fonts; `TypeError` for any other."""

    def _add_fonts(self, *_: Any) -> Any:
        fonts = {}
        for font in self.fpdf.fonts.values():
            if not isinstance(font, EmbeddedFont):
                raise TypeError(f"{font} is not an embedded typeface")
            fonts[font.i] = self._add_font(font)
        return fonts

    def _add_font(self, font: EmbeddedFont) -> PDFFont:
        face = font.face
        glyphs = [0, *(face.glyphs[code] for code in font.numbers)]
        name = f"{_subset_tag(glyphs)}+{face.name}"
        composite = PDFFont(subtype="Type0", base_font=name, encoding="Identity-H")
        self._add_pdf_obj(composite, "fonts")
        widths = " ".join(str(face.widths[chr(code)]) for code in font.numbers)
        descendant = PDFFont(subtype="CIDFontType2", base_font=name, d_w=0, w=f"[1 [{widths}]]")
        self._add_pdf_obj(descendant, "fonts")
        composite.descendant_fonts = PDFArray([descendant])
        composite.to_unicode = PDFContentStream(_to_unicode(font.numbers).encode("ascii"), compress=True)
        self._add_pdf_obj(composite.to_unicode, "fonts")
        descendant.c_i_d_system_info = CIDSystemInfo()
        descendant.c_i_d_system_info.ordering = PDFString("Identity", encrypt=True)
        self._add_pdf_obj(descendant.c_i_d_system_info, "fonts")
        descendant.c_i_d_to_g_i_d_map = Name("Identity")  # type: ignore[assignment]
        descendant.font_descriptor = _descriptor(face, name)
        self._add_pdf_obj(descendant.font_descriptor, "fonts")
        file = PDFFontStream(contents=face.subset(glyphs))
        self._add_pdf_obj(file, "fonts")
        descendant.font_descriptor.font_file2 = file  # type: ignore[attr-defined]
        return composite


def _descriptor(face: Typeface, name: str) -> PDFFontDescriptor:
    descriptor = PDFFontDescriptor(
        ascent=face.ascent,
        descent=face.descent,
        cap_height=face.cap_height,
        flags=_SYMBOLIC,
        font_b_box="[" + " ".join(map(str, face.box)) + "]",
        italic_angle=0,
        stem_v=round(50 + (face.weight / 65) ** 2),
        missing_width=0,
    )
    descriptor.font_name = Name(name)
    return descriptor


def _subset_tag(glyphs: list[int]) -> str:
    """Make a tag of six capitals (ISO 32000-1, 9.6.4): equal glyphs give equal tags."""
    digest = hashlib.sha256(repr(glyphs).encode()).digest()
    return "".join(ascii_uppercase[byte % 26] for byte in digest[:6])


def _to_unicode(numbers: dict[int, int]) -> str:
    entries = [f"<{number:04X}> <{code:04X}>\n" for code, number in numbers.items()]
    blocks = (entries[start : start + _LARGEST_BLOCK] for start in range(0, len(entries), _LARGEST_BLOCK))
    text = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return _CMAP.format(blocks=text)
