"""Documents in every script, with the fonts that a build makes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from invoicing.domain import fonts
from invoicing_documents.pdf import typesetter
from tests.documents.all_fonts import draw_with
from tools.fonts import build


@pytest.fixture(scope="session")
def built_fonts() -> Path:
    """The folder of all fonts; the first time it takes npm and half a minute. CI must have it."""
    if folder := build.built():
        return folder
    lack = "the fonts of all scripts need npm and its registry"
    if os.environ.get("CI") == "true":
        pytest.fail(lack)
    pytest.skip(lack)


@pytest.fixture
def every_script(built_fonts: Path) -> Iterator[None]:
    """Documents are drawn with all fonts, as on AWS, instead of those in the repository."""
    before = fonts.FILE, typesetter.FONTS
    draw_with(built_fonts / fonts.FILE.name, built_fonts)
    yield
    draw_with(*before)
