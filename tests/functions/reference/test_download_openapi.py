import gzip

import pytest

from tests.http import call, request
from tools.openapi import FILE

pytestmark = pytest.mark.usefixtures("aws")


def test_it_is_the_document_for_every_client() -> None:
    plain = call("reference/download_openapi", request("GET", "/openapi.json"))
    assert (plain.status, plain.headers["Content-Type"]) == (200, "application/json")
    assert plain.body == FILE.read_bytes()
    assert "Content-Encoding" not in plain.headers
    asked = request("GET", "/openapi.json", headers={"accept-encoding": "gzip"})
    compressed = call("reference/download_openapi", asked)
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.body) == plain.body
    assert compressed.headers["Cache-Control"] == "public, max-age=300"
