from pathlib import Path

import pytest

from tests.template import ROOT
from tools.docs_site import prepare


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_what_pages_link_to_comes_along(tmp_path: Path) -> None:
    write(tmp_path / "docs" / "guide" / "a.md", "[b](../b.md#c) [log](../../LOG.md#x) [data](../../tests/a.json)")
    write(tmp_path / "docs" / "b.md", "# B\n")
    write(tmp_path / "LOG.md", "# Log\n")
    write(tmp_path / "tests" / "a.json", "{}")
    write(tmp_path / "site" / "old.md", "old")
    prepare(tmp_path, tmp_path / "site")
    page = (tmp_path / "site" / "guide" / "a.md").read_text()
    assert page == "[b](../b.md#c) [log](../source/LOG.md.txt) [data](../source/tests/a.json)"
    assert (tmp_path / "site" / "source" / "LOG.md.txt").read_text() == "# Log\n"
    assert (tmp_path / "site" / "source" / "tests" / "a.json").read_text() == "{}"
    assert not (tmp_path / "site" / "old.md").exists()


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "docs" / "a.md", "[lost](../LOST.md)")
    with pytest.raises(FileNotFoundError):
        prepare(tmp_path, tmp_path / "site")


def test_the_site_leads_to_every_page_of_guide_and_reference() -> None:
    nav = (ROOT / "mkdocs.yml").read_text()
    pages = [
        page.relative_to(ROOT / "docs") for part in ("guide", "reference") for page in ROOT.glob(f"docs/{part}/*.md")
    ]
    assert [str(page) for page in pages if f" {page}\n" not in nav] == []
