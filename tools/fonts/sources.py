"""Which characters documents show, and the package of npm that each face is cut from.

All but Vazirmatn are builds of Google's Noto fonts, and all have TrueType outlines, which is what fpdf2 embeds rightly.
``packages.json`` pins their versions, and the ``dist.integrity`` that the registry gives for each.
"""

from collections.abc import Iterable
from dataclasses import dataclass

type Characters = frozenset[int]


@dataclass(frozen=True, slots=True)
class Source:
    """A face as it is made: ``regular`` and ``bold`` are the wanted characters, ``None`` for all that the font has.

    Where ``bold`` lacks a character, or is empty, documents show the regular one. A ``shaped`` face keeps its layout
    tables, since its script cannot be read without them. The fonts of ``kept`` faces lie in the repository.
    A face of the ``rest`` has only what no face before it has.
    ``package`` is the end of the package's name, and ``family`` the begin of its files' names.
    """

    name: str
    package: str
    family: str
    regular: Characters | None = None
    bold: Characters | None = None
    shaped: bool = False
    kept: bool = False
    rest: bool = False


def _ranges(*spans: tuple[int, int]) -> Characters:
    return frozenset(code for first, last in spans for code in range(first, last + 1))


def _encoded(codec: str, leads: Iterable[int]) -> Characters:
    """All characters of two bytes of a national standard, by the first byte."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF))
    return frozenset(ord(text) for pair in pairs if len(text := pair.decode(codec, "ignore")) == 1)


SPACES = frozenset(map(ord, " \N{NO-BREAK SPACE}"))
# What most documents need and nothing else: a font costs as much as it has characters.
LATIN = _ranges((0x0020, 0x007E), (0x00A0, 0x00FF), (0x2212, 0x2212)) | frozenset(
    map(ord, "ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™\N{NARROW NO-BREAK SPACE}")
)
_EXTENDED = _ranges(
    (0x0100, 0x017F),  # Latin Extended-A
    (0x0218, 0x021B),  # Romanian
    (0x02C6, 0x02DD),  # spacing accents
    (0x1E9E, 0x1E9E),  # capital ß
    (0x2002, 0x200A),  # spaces
    (0x2010, 0x2027),  # dashes, quotation marks, bullets
    (0x2030, 0x203A),  # per mille, primes
    (0x2044, 0x2044),  # fraction slash
    (0x20A0, 0x20C0),  # currency signs
    (0x2116, 0x2122),  # № ™
    (0xFFFD, 0xFFFD),  # what stands for a character that no font has
)
_ADDITIONAL = _ranges((0x0180, 0x024F), (0x1E00, 0x1EFF))  # of these, Vietnamese is the most used
_MARKED = _ranges(
    (0x0250, 0x036F),  # phonetic letters, combining marks
    (0x203B, 0x205F),  # further punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x2100, 0x218F),  # letterlike symbols, fractions
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0xFB00, 0xFB06),  # ligatures
)
_GREEK = _ranges((0x0370, 0x03FF), (0x1F00, 0x1FFF))
_CYRILLIC = _ranges((0x0400, 0x052F), (0x1C80, 0x1C88), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))
_MATHS = frozenset(map(ord, "⇒⇔∂∅∆∈∏∑∕∗∙√∞∩∫≈≠≡≤≥←↑→↓↔↕"))
_SYMBOLS = frozenset(map(ord, "⌀■□▪▫▲△▶▼◀◆◇○●◦☆★☐☑☒✓✔✗✘"))
_HAN_PUNCTUATION = _ranges((0x3000, 0x303F), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
_KANA = _ranges((0x3040, 0x30FF), (0x31F0, 0x31FF))
_HANGUL = _ranges((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7A3))

_EMOJI = SPACES | _ranges(
    (0x200D, 0x200D),  # zero width joiner
    (0x20E3, 0x20E3),  # keycap
    (0x2190, 0x2BFF),
    (0x3030, 0x3299),
    (0xFE0F, 0xFE0F),  # variation selector
    (0x1F000, 0x1FAFF),
    (0xE0020, 0xE007F),  # tags, of flags
)

# Each standard begins with the characters in common use: they are a font of their own, which takes a third of the time.
_COMMON = {
    "japanese": _encoded("euc_jp", range(0xA1, 0xD0)) | _KANA | _HAN_PUNCTUATION,
    "simplified-chinese": _encoded("gb2312", range(0xA1, 0xD8)) | _HAN_PUNCTUATION,
    "traditional-chinese": _encoded("big5", range(0xA1, 0xC7)) | _HAN_PUNCTUATION,
    "korean": _encoded("euc_kr", range(0xA1, 0xC9)) | _HAN_PUNCTUATION,
}
_RARE = {
    "japanese": _ranges((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFF)),  # all that the font has
    "simplified-chinese": _encoded("gb2312", range(0xD8, 0xFF)),
    "traditional-chinese": _encoded("big5", range(0xC7, 0xFF)),
    "korean": _encoded("euc_kr", range(0xC9, 0xFF)) | _HANGUL,
}


def _script(name: str, *, shaped: bool = True) -> Source:
    return Source(name, f"noto-sans-{name}", f"NotoSans{name.capitalize()}", shaped=shaped)


def _han(name: str, code: str) -> tuple[Source, Source]:
    package, family = f"noto-sans-{code}", f"NotoSans{code.upper()}"
    common, rare = _COMMON[name], _RARE[name]
    return (
        Source(name, package, family, common, common),
        Source(f"{name}-rare", package, family, rare - common, frozenset()),
    )


# In the order in which documents look for a character; those of Han characters change places with the language.
SOURCES = (
    Source("latin", "noto-sans", "NotoSans", LATIN, LATIN, kept=True),
    Source("latin-extended", "noto-sans", "NotoSans", _EXTENDED, _EXTENDED, kept=True),
    Source("latin-additional", "noto-sans", "NotoSans", _ADDITIONAL, _ADDITIONAL, kept=True),
    # With the letters that combining marks are put on.
    Source("latin-marks", "noto-sans", "NotoSans", _MARKED | LATIN, _MARKED | LATIN, shaped=True, kept=True),
    Source("greek", "noto-sans", "NotoSans", _GREEK, _GREEK, kept=True),
    Source("cyrillic", "noto-sans", "NotoSans", _CYRILLIC, _CYRILLIC, kept=True),
    Source("maths", "noto-sans-math", "NotoSansMath", _MATHS, frozenset(), kept=True),
    Source("symbols", "noto-sans-symbols-2", "NotoSansSymbols2", _SYMBOLS, frozenset(), kept=True),
    *(_script(name, shaped=False) for name in ("armenian", "georgian", "ethiopic")),
    _script("hebrew"),
    # Noto draws the dots of Arabic letters apart from them, and what is copied from a PDF falls apart with them.
    Source("arabic", "vazirmatn", "Vazirmatn", shaped=True),
    Source("arabic-rare", "noto-sans-arabic", "NotoSansArabic", shaped=True),
    *map(_script, ("devanagari", "bengali", "gurmukhi", "gujarati", "oriya", "tamil", "telugu")),
    *map(_script, ("kannada", "malayalam", "sinhala", "thai", "lao", "khmer", "myanmar")),
    *_han("japanese", "jp"),
    *_han("simplified-chinese", "sc"),
    *_han("traditional-chinese", "tc"),
    *_han("korean", "kr"),
    Source("han-rest", "noto-sans-sc", "NotoSansSC", _encoded("gbk", range(0x81, 0xFF)), frozenset(), rest=True),
    Source("emoji", "noto-emoji", "NotoEmoji", _EMOJI, frozenset(), shaped=True),
)
