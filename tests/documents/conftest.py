"""Documents in every script, with the fonts that a build makes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from invoicing.domain import fonts
from invoicing_documents.pdf import runs, typesetter
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
def every_script(built_fonts: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Documents are drawn with all fonts, as on AWS, instead of those in the repository."""
    with monkeypatch.context() as patch:
        patch.setattr(fonts, "FILE", built_fonts / fonts.FILE.name)
        patch.setattr(typesetter, "FONTS", built_fonts)
        _forget()
        yield
    _forget()


def _forget() -> None:
    for cached in (fonts.faces, runs.line_of, runs._face, runs._ordered, typesetter._advances):
        cached.cache_clear()
