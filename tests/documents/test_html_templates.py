import shutil
from pathlib import Path

import pytest

import invoicing_documents
from invoicing_documents import html_templates
from invoicing_documents.email import message
from tests.documents.test_invoice_email import compose


def test_templates_that_the_build_has_compiled_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_sources = compose()
    package = tmp_path / "package"
    shutil.copytree(Path(invoicing_documents.__file__).parent, package)
    html_templates.compile_templates(package)
    for source in package.glob("*/*.j2"):
        source.unlink()
    environments = {folder: html_templates._environment(package / folder) for folder in html_templates.FOLDERS}
    monkeypatch.setattr(message, "template", lambda folder, name: environments[folder].get_template(name))
    assert compose() == from_sources
    assert environments["page"].get_template("invoice.html.j2").name == "invoice.html.j2"
