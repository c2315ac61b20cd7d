import pytest

from invoicing.api.assets import Asset
from invoicing.api.request import Request
from tests.http import request

ASSET = Asset.of(b"content " * 100, "text/plain")


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=1.0", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("identity", False),
    ],
)
def test_it_is_compressed_for_clients_that_accept_that(accepted: str, compressed: bool) -> None:
    answer = ASSET.response(Request.of(request("GET", "/a", headers={"accept-encoding": accepted})), max_age=60)
    assert (answer.headers.get("Content-Encoding") == "gzip") is compressed
    assert answer.body == (ASSET.compressed if compressed else b"content " * 100)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
