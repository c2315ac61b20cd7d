"""Contrast of accent colours; the figures are those of WCAG's own formula."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.templates.colors import (
    BLACK,
    LEAST_CONTRAST,
    WHITE,
    accent_warnings,
    color_of,
    contrast,
    readable_on_white,
    text_of,
    text_on,
)

COLORS = st.tuples(*[st.integers(0, 255)] * 3)


@pytest.mark.parametrize(
    ("color", "on_white", "text"),
    [
        ("#ffff00", "1.07", BLACK),
        ("#00aa77", "2.99", BLACK),
        ("#777777", "4.48", BLACK),
        ("#1f4e79", "8.66", WHITE),
        ("#000000", "21.00", WHITE),
    ],
)
def test_contrast_and_text_of_known_colors(color: str, on_white: str, text: tuple[int, int, int]) -> None:
    assert f"{contrast(color_of(color), WHITE):.2f}" == on_white
    assert text_on(color_of(color)) == text


def test_text_on_a_green_area_is_black() -> None:
    assert f"{contrast(BLACK, color_of('#00aa77')):.2f}" == "7.02"


@given(COLORS)
def test_every_color_can_be_read_on_white_and_under_its_text(color: tuple[int, int, int]) -> None:
    assert color_of(text_of(color)) == color
    readable = readable_on_white(color)
    assert contrast(readable, WHITE) >= LEAST_CONTRAST
    assert readable == color or contrast(color, WHITE) < LEAST_CONTRAST
    assert contrast(text_on(color), color) >= LEAST_CONTRAST
    assert Decimal(1) <= contrast(color, WHITE) <= Decimal("21.01")


def test_only_a_light_color_is_warned_of() -> None:
    assert [len(accent_warnings(color)) for color in (None, "#1f4e79", "#777777", "#767676")] == [0, 0, 1, 0]
