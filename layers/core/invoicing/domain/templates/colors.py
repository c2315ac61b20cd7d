"""Accent colours that can be read: contrast as WCAG 2.2 defines it, in sRGB."""

from decimal import Decimal
from functools import cache

from invoicing.domain.warnings import InputWarning

LEAST_CONTRAST = Decimal("4.5")
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3)."""

Color = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""

WHITE: Color = (255, 255, 255)
BLACK: Color = (0, 0, 0)


def color_of(text: str) -> Color:
    """Read ``#rrggbb``."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def text_of(color: Color) -> str:
    """Write a colour as ``#rrggbb``."""
    return "#" + "".join(f"{part:02x}" for part in color)


def contrast(one: Color, other: Color) -> Decimal:
    """Return the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + Decimal("0.05")) / (darker + Decimal("0.05"))


def text_on(area: Color) -> Color:
    """Return the colour of text on an area: black or white, whichever is easier to read."""
    return max(WHITE, BLACK, key=lambda color: contrast(color, area))


@cache
def readable_on_white(color: Color) -> Color:
    """Return the colour, darkened until text in it can be read on white paper."""
    red, green, blue = color
    shades = ((red * part // 100, green * part // 100, blue * part // 100) for part in range(100, -1, -1))
    return next(shade for shade in shades if contrast(shade, WHITE) >= LEAST_CONTRAST)


def accent_warnings(accent_color: str | None) -> tuple[InputWarning, ...]:
    """Return a warning where text in the colour cannot be read on white, and is darkened."""
    if accent_color is None:
        return ()
    color = color_of(accent_color)
    readable = readable_on_white(color)
    if readable == color:
        return ()
    message = (
        f"accent_color {accent_color} has a contrast of {contrast(color, WHITE):.2f} on white, and text needs "
        f"{LEAST_CONTRAST}: text is written in {text_of(readable)}."
    )
    return (InputWarning("accent_color", "ACCENT_COLOR_LIGHT", message),)


@cache
def _luminance(color: Color) -> Decimal:
    """Return the relative luminance of a colour, from 0 to 1."""
    red, green, blue = map(_linear, color)
    return Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue


def _linear(part: int) -> Decimal:
    value = Decimal(part) / 255
    if value <= Decimal("0.04045"):
        return value / Decimal("12.92")
    return ((value + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
