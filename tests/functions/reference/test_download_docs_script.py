import gzip
import hashlib
from pathlib import Path

import pytest

from tests.http import call, request
from tools.scalar import FILE, SHA256, main

pytestmark = pytest.mark.usefixtures("aws")


def test_it_is_the_script_of_the_pinned_package() -> None:
    answer = call(
        "reference/download_docs_script", request("GET", "/docs/scalar.js", headers={"accept-encoding": "gzip"})
    )
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert hashlib.sha256(gzip.decompress(answer.body)).hexdigest() == SHA256
    assert answer.headers["Cache-Control"] == "public, max-age=31536000"


def test_its_licence_lies_beside_it() -> None:
    assert "MIT License" in FILE.with_name("scalar.LICENSE").read_text()


def test_the_tool_writes_what_it_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.scalar.FILE", tmp_path / "scalar.js.gz")
    monkeypatch.setattr("tools.scalar.fetched", lambda: b"script")
    assert main() == 0
    assert gzip.decompress((tmp_path / "scalar.js.gz").read_bytes()) == b"script"
