"""Make the two font files that documents embed, from pinned npm packages of Google's Noto fonts.

    python tools/make_fonts.py

Writes ``sans-regular.ttf``, ``sans-bold.ttf`` and ``OFL.txt`` to ``layers/documents/invoicing_documents/fonts``.
The same sources give the same bytes. The files are plain enough to be cut down to a document's characters without
a font library: no composite glyphs, no hinting, one format 12 ``cmap``.
"""

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

TARGET = Path(__file__).parent.parent / "layers/documents/invoicing_documents/fonts"

RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x036F),  # Latin-1, Latin Extended-A and -B, IPA, modifiers, combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese
    (0x1F00, 0x1FFF),  # Greek Extended: polytonic
    (0x2000, 0x200A),  # spaces
    (0x2010, 0x2027),  # dashes, quotation marks, bullets
    (0x202F, 0x205F),  # narrow no-break space, per mille, primes
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20C0),  # currency signs
    (0x2100, 0x218F),  # letterlike symbols, fractions
    (0x2190, 0x2195),  # arrows
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0xFB00, 0xFB06),  # Latin ligatures
)
SYMBOLS = "⇒⇔∂∅∆∈∏∑−∕∗∙√∞∩∫≈≠≡≤≥⌀■□▪▫▲△▶▼◀◆◇○●◦☆★☐☑☒✓✔✗✘\ufffd"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry, by version and by the ``dist.integrity`` that the registry gives for it."""

    name: str
    version: str
    integrity: str

    def fetch(self) -> dict[str, bytes]:
        """The files of the package by path; exits when they are not the pinned ones."""
        with tempfile.TemporaryDirectory() as folder:
            package = f"{self.name}@{self.version}"
            subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True)
            (file,) = Path(folder).glob("*.tgz")
            archive = file.read_bytes()
        digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
        if f"sha512-{digest}" != self.integrity:
            sys.exit(f"make_fonts: {package} is not the pinned package")
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            return {item.name: tar.extractfile(item).read() for item in tar if item.isfile()}  # type: ignore[union-attr]


SANS = Package(
    "@expo-google-fonts/noto-sans",
    "0.4.2",
    "sha512-zYD8G2ijWLxqmquoQgghNh/x9p0yxWwArD0oxO1oXY1qx5vOd4t0Kbhnu/Cx8RTy08OgA8RtxuULZFaXwVPnPw==",
)
MATH = Package(
    "@expo-google-fonts/noto-sans-math",
    "0.4.2",
    "sha512-Kgj0kKibznTLYcbpR8Tk2ybr76uMOyrlyoP5F9G+0UiJzAMA4zG/XIlrgXKzfFGERhA0Rc3vbwDeeTxwXPlaYg==",
)
SYMBOLS_2 = Package(
    "@expo-google-fonts/noto-sans-symbols-2",
    "0.4.1",
    "sha512-jFymG5s4OLlXpy9E9FQvSXpSnf43BIYcJiPXEHSw6LFNvbahkjmUWb/cj4vsX/KdUksGLTPbjB9iRuu8L3yJ8A==",
)


def main() -> None:
    """Fetch the packages and write the font files."""
    sans, math, symbols = SANS.fetch(), MATH.fetch(), SYMBOLS_2.fetch()
    further = [
        TTFont(io.BytesIO(math["package/400Regular/NotoSansMath_400Regular.ttf"])),
        TTFont(io.BytesIO(symbols["package/400Regular/NotoSansSymbols2_400Regular.ttf"])),
    ]
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight, name in (("400Regular", "sans-regular.ttf"), ("600SemiBold", "sans-bold.ttf")):
        font = TTFont(io.BytesIO(sans[f"package/{weight}/NotoSans_{weight}.ttf"]))
        (TARGET / name).write_bytes(plain_subset([font, *further]))
    (TARGET / "OFL.txt").write_bytes(sans["package/LICENSE_FONT"])


def plain_subset(sources: list[TTFont]) -> bytes:
    """A font of the wanted characters, each from the first source that has it; metrics are the first source's."""
    first = sources[0]
    pens = {".notdef": _outline(first, ".notdef")}
    widths = {".notdef": first["hmtx"][".notdef"][0]}
    characters = {}
    for code in wanted_codes():
        found = next(((s, s.getBestCmap()[code]) for s in sources if code in s.getBestCmap()), None)
        if found is None:
            continue
        source, glyph = found
        name = f"u{code:04X}"
        characters[code] = name
        pens[name] = _outline(source, glyph)
        widths[name] = source["hmtx"][glyph][0]
    return _build(first, pens, widths, characters)


def wanted_codes() -> list[int]:
    """All characters that documents should be able to show, in order."""
    codes = {code for start, end in RANGES for code in range(start, end + 1)}
    return sorted(codes | {ord(symbol) for symbol in SYMBOLS})


def _outline(font: TTFont, glyph: str) -> TTGlyphPen:
    glyphs = font.getGlyphSet()
    recording = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(recording)
    pen = TTGlyphPen(None)
    recording.replay(pen)
    return pen


def _build(first: TTFont, pens: dict[str, TTGlyphPen], widths: dict[str, int], characters: dict[int, str]) -> bytes:
    builder = FontBuilder(unitsPerEm=first["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(list(pens))
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, characters
    builder.font["cmap"] = newTable("cmap")
    builder.font["cmap"].tableVersion = 0
    builder.font["cmap"].tables = [table]
    builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()})
    bearings = {name: getattr(builder.font["glyf"][name], "xMin", 0) for name in pens}
    builder.setupHorizontalMetrics({name: (width, bearings[name]) for name, width in widths.items()})
    hhea, os2 = first["hhea"], first["OS/2"]
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
    names = {"familyName": first["name"].getBestFamilyName(), "styleName": first["name"].getBestSubFamilyName()}
    builder.setupNameTable(
        names
        | {
            "copyright": first["name"].getDebugName(0),
            "fullName": first["name"].getBestFullName(),
            "psName": first["name"].getDebugName(6),
            "version": first["name"].getDebugName(5),
            "licenseDescription": first["name"].getDebugName(13),
        }
    )
    builder.setupOS2(
        usWeightClass=os2.usWeightClass, sCapHeight=os2.sCapHeight, sxHeight=os2.sxHeight, fsType=0, version=4
    )
    builder.setupPost(keepGlyphNames=False)
    head = builder.font["head"]
    head.created, head.modified = first["head"].created, first["head"].modified
    head.fontRevision = first["head"].fontRevision
    builder.font.recalcTimestamp = False
    output = io.BytesIO()
    builder.font.save(output)
    return output.getvalue()


if __name__ == "__main__":
    main()
