"""Locales of Babel in the documents layer: those without texts keep the formats that documents need."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel import localedata

from invoicing_documents.wording import wording_for
from tools.build_layer import trim_locale

LOCALES = ("mk", "bn-BD", "fa-IR", "is-IS", "sr-Latn-RS", "eu")


def written() -> dict[str, list[str]]:
    """What documents write of these locales, with nothing left in memory from before."""
    localedata._cache.clear()
    wording_for.cache_clear()
    found = {}
    for locale in LOCALES:
        wording, day = wording_for(locale), date(2026, 11, 2)
        numbers = [wording.money(-1234567, "USD"), wording.percent(Decimal("0.0825"))]
        dates = [wording.date_as(day, form) for form in ("short", "medium", "long", "full")]
        found[locale] = [str(wording.locale), *numbers, *dates]
    return found


def test_trimmed_locales_write_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, data = written(), tmp_path / "locale-data"
    data.mkdir()
    languages = {locale.split("-")[0] for locale in LOCALES}
    for path in Path(localedata._dirname).glob("*.dat"):
        if path.stem.split("_")[0] in languages | {"root", "en"}:
            shutil.copy(path, data)
    for path in data.glob("*.dat"):
        if path.stem.split("_")[0] in languages:
            trim_locale(path)
    assert (data / "fa.dat").stat().st_size < 10_000
    with monkeypatch.context() as layer:
        layer.setattr(localedata, "_dirname", str(data))
        assert written() == whole
    assert written() == whole
