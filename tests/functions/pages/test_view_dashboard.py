import gzip
import re

import pytest

from tests.aws import Aws
from tests.http import Response, call, request

pytestmark = pytest.mark.usefixtures("aws")


def view(method: str = "GET", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return call("pages/view_dashboard", request(method, "/dashboard", headers=named))


def test_it_opens_without_a_key_and_without_a_database(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("pynamodb.connection.Connection._make_api_call", fail)
    answer = view()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<title>Dashboard</title>" in answer.body.decode()
    assert aws.items("accounts") == []


def test_it_is_whole_and_loads_nothing() -> None:
    page = view().body.decode()
    assert (page.count("<style>"), page.count("<script>")) == (1, 1)
    assert "STYLE" not in page
    assert "SCRIPT" not in page
    assert not re.search(r"\b(?:src|href)=|@import|url\(", page.replace('href="#content"', ""))


def test_its_policy_allows_its_own_script_and_style_alone() -> None:
    headers = view().headers
    policy = dict(each.strip().partition(" ")[::2] for each in headers["Content-Security-Policy"].split(";"))
    assert policy.pop("script-src").startswith("'sha256-")
    assert policy.pop("style-src").startswith("'sha256-")
    assert policy == {
        "default-src": "'none'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_nothing_parses_markup() -> None:
    script = view().body.decode().partition("<script>")[2]
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bhtml`", script
    )
    assert "localStorage" not in script


def test_browsers_get_it_compressed() -> None:
    plain, packed = view(), view(accept_encoding="gzip, deflate, br")
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < 0.4 * len(plain.body)
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_head_answers_without_a_body() -> None:
    answer = view("HEAD", accept_encoding="gzip")
    assert (answer.status, answer.body, answer.headers["Content-Encoding"]) == (200, b"", "gzip")
