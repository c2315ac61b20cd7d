"""clients/python against the API: the first story, failures of the network and the service, every operation."""

import ast
import base64
import hashlib
import hmac
import re
import subprocess
import zipfile
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.webhooks.signature import signed_headers
from invoicing_client import ApiError, Client, NoResponseError, WebhookError, verified_event
from invoicing_client.client import USER_AGENT
from tests.aws import Aws
from tests.clients.conftest import Recorder, UnreliableApi
from tests.clients.operations import operations, parts_of
from tests.template import ROOT

PACKAGE = ROOT / "clients" / "python"
CUSTOMER = {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@example.com"}
LINE = {"description": "Web Development Services", "quantity": 10, "unit_price": Decimal("150.00")}
INVOICE = {"customer_id": "cust_123", "items": [LINE], "currency": "USD"}


@pytest.fixture
def client(api: UnreliableApi, key: str) -> Client:
    return Client(key, api.url)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have waited."""
    found: list[float] = []
    monkeypatch.setattr("invoicing_client.client.sleep", found.append)
    return found


def test_the_first_story(client: Client) -> None:
    client.post("/customers", CUSTOMER)
    draft = client.post("/invoices", INVOICE)
    assert (draft.status, draft.data["total"], draft.warnings) == (201, Decimal("1500.00"), [])
    invoice = draft.data["id"]
    changed = client.patch(["invoices", invoice], {"notes": "Thank you"}, headers={"If-Match": str(draft.etag)})
    assert changed.data["notes"] == "Thank you"
    with pytest.raises(ApiError) as late:
        client.patch(["invoices", invoice], {"notes": "Too late"}, headers={"If-Match": str(draft.etag)})
    assert (late.value.status, late.value.type, late.value.code) == (412, "precondition_failed", "ETAG_MISMATCH")
    assert client.post(["invoices", invoice, "send"]).data["status"] == "sent"
    client.post(["invoices", invoice, "payments"], {"amount": Decimal("1499.99"), "payment_method": "cash"})
    partly = client.get(["invoices", invoice]).data
    assert (partly["status"], partly["amount_due"]) == ("partially_paid", Decimal("0.01"))
    pdf = client.get(["invoices", invoice, "pdf"], headers={"Accept": "application/pdf"})
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.data is None
    other = client.post("/invoices", INVOICE).data["id"]
    assert client.delete(["invoices", other]).status == 204


def test_a_list_is_read_page_by_page_as_it_is_asked_for(client: Client, api: UnreliableApi) -> None:
    for number in range(5):
        client.post("/customers", CUSTOMER | {"id": f"cust_{number}"})
    asked = len(api.asked)
    customers = client.list("/customers", {"per_page": 2, "order": "asc", "archived": False, "filter[name][in]": None})
    assert next(customers)["id"] == "cust_0"
    assert len(api.asked) == asked + 1
    assert [each["id"] for each in customers] == [f"cust_{number}" for number in range(1, 5)]
    assert len(api.asked) == asked + 3
    assert [page.meta["pagination"]["total"] for page in client.pages("/customers", {"per_page": 3})] == [5, 5]


def test_events_are_followed_to_their_end(client: Client) -> None:
    for number in range(3):
        client.post("/customers", CUSTOMER | {"id": f"cust_{number}"})
    pages = list(client.pages("/events", {"limit": 2}))
    assert [event["type"] for page in pages for event in page.data] == ["customer.created"] * 3
    assert not pages[-1].meta["has_more"]


def test_an_error_says_what_is_wrong(client: Client, api: UnreliableApi) -> None:
    client.post("/customers", CUSTOMER)
    with pytest.raises(ApiError, match=r"422 VALIDATION_FAILED: items\[0\]\.quantity") as wrong:
        client.post("/invoices", INVOICE | {"items": [LINE | {"quantity": 0}]})
    assert wrong.value.type == "validation_error"
    assert [(each["field"], each["code"]) for each in wrong.value.details] == [
        ("items[0].quantity", "QUANTITY_INVALID")
    ]
    assert str(wrong.value.request_id).startswith("req_")
    assert len(api.posted()) == 2


def test_an_answer_that_is_lost_makes_one_invoice(
    client: Client, api: UnreliableApi, pauses: list[float], aws: Aws
) -> None:
    client.post("/customers", CUSTOMER)
    api.loses_next_answer = True
    created = client.post("/invoices", INVOICE)
    assert created.headers["idempotent-replayed"] == "true"
    assert [each["id"] for each in client.list("/invoices")] == [created.data["id"]]
    (_, _), (_, first), (_, second) = api.posted()
    assert first == second
    assert len(pauses) == 1


def test_failures_are_waited_for_as_asked_and_make_one_invoice(
    client: Client, api: UnreliableApi, pauses: list[float]
) -> None:
    client.post("/customers", CUSTOMER)
    api.next_failures = [(503, "0"), (429, "7"), (500, ""), (502, "Fri, 27 Nov 2026 09:30:00 GMT")]
    created = client.post("/invoices", INVOICE, headers={"idempotency-key": "order-1"})
    assert [each["id"] for each in client.list("/invoices")] == [created.data["id"]]
    assert [key for _, key in api.posted()[1:]] == ["order-1"] * 5
    assert [0.25 <= pauses[0] <= 0.5, 7.5 <= pauses[1] <= 8, 1 <= pauses[2] <= 2, 2 <= pauses[3] <= 4] == [True] * 4


def test_it_gives_up_in_the_end_and_tells_the_key(client: Client, api: UnreliableApi, pauses: list[float]) -> None:
    api.next_failures = [(503, "")] * 5
    with pytest.raises(ApiError, match="503") as failed:
        client.post("/customers", CUSTOMER)
    assert {key for _, key in api.posted()} == {failed.value.idempotency_key}
    assert len(pauses) == 4
    api.next_failures = [(429, "3600")]
    with pytest.raises(ApiError) as limited:
        client.post("/customers", CUSTOMER)
    assert (limited.value.retry_after, len(pauses)) == (3600, 4)


def test_a_change_that_is_redirected_has_failed(client: Client, api: UnreliableApi, pauses: list[float]) -> None:
    api.next_failures = [(301, ""), (308, "")]
    with pytest.raises(ApiError, match=r"301 : redirected to https://elsewhere\.example/"):
        client.post("/customers", CUSTOMER)
    with pytest.raises(ApiError, match="308"):
        client.delete(["customers", "cust_123"])
    assert (len(api.asked), pauses) == (2, [])
    api.next_failures = [(302, "")]
    assert client.get("/i/token/pdf").headers["location"] == "https://elsewhere.example/"


def test_nobody_listens(pauses: list[float]) -> None:
    nobody = Client("sk_test_x", "http://127.0.0.1:9/v1/invoicing", retries=1)
    with pytest.raises(NoResponseError) as lost:
        nobody.post("/customers", CUSTOMER)
    assert lost.value.idempotency_key
    assert len(pauses) == 1
    with pytest.raises(ValueError, match="https"):
        Client("sk_test_x", "file:///etc/passwd")


@pytest.fixture(scope="module")
def recording(recorder: Recorder) -> Client:
    return Client("sk_test_x", recorder.url)


def test_every_operation_is_reached(recorder: Recorder, recording: Client) -> None:
    recorder.asked.clear()
    for method, parts in operations():
        recording.request(method, parts)
    assert [(method, parts_of(path)) for method, path in recorder.asked] == operations()


@given(st.text(min_size=1).filter(lambda text: text not in {".", ".."}))
def test_any_id_stays_one_part_of_the_path_and_any_text_one_value(
    recorder: Recorder, recording: Client, text: str
) -> None:
    recorder.asked.clear()
    recording.get(["customers", text, "balance"], {"search": text})
    (_, asked) = recorder.asked[0]
    path, query = asked.split("?")
    assert parts_of(path) == ["customers", text, "balance"]
    assert query.count("&") == 0


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_parts_that_would_lead_elsewhere_are_refused(part: str) -> None:
    with pytest.raises(ValueError, match="cannot be a part of a path"):
        Client("sk_test_x", "https://api.example.com/v1/invoicing").delete(["customers", part])


def test_a_webhook_is_verified_with_the_secret_of_its_creation(client: Client) -> None:
    webhook = client.post("/webhooks", {"url": "https://hooks.example.com/invoicing", "events": ["*"]}).data
    body = b'{"event":"invoice.paid","data":{"total":1836.00},"meta":{"event_id":"evt_1"}}'
    headers = signed_headers(body, "evt_1", 1795655469, [webhook["secret"]])
    event = verified_event(webhook["secret"], headers, body, now=1795655469.5)
    assert event["data"]["total"] == Decimal("1836.00")
    for wrong in (
        {"webhook-signature": "v1,AAAA"},
        {"X-AQNT-Signature": "sha256=00"},
        {"webhook-timestamp": "9" * 5000},
    ):
        with pytest.raises(WebhookError):
            verified_event(webhook["secret"], {**headers, **wrong}, body, now=1795655469.5)
    with pytest.raises(ValueError, match="secret is empty"):
        verified_event("", headers, body)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_****************", "whsec_...", "whsec_••••", "whsec_A"])
def test_a_secret_that_was_masked_or_cut_off_verifies_nothing(secret: str) -> None:
    """Nothing of it is base64, so that the key would be empty, and anybody could sign with it."""
    body, at = b'{"event":"invoice.paid"}', 1795655469
    forged = base64.b64encode(hmac.new(b"", b"evt_1.%d." % at + body, hashlib.sha256).digest()).decode()
    headers = {"webhook-id": "evt_1", "webhook-timestamp": str(at), "webhook-signature": f"v1,{forged}"}
    with pytest.raises(ValueError, match="not as it was shown"):
        verified_event(secret, headers, body, now=at)


def test_the_signatures_of_a_webhook_as_others_pass_them_on() -> None:
    body, at, old, new = b'{"event":"invoice.paid"}', 1795655469, "old-secret-0123456", "new-secret-0123456"
    headers = dict(signed_headers(body, "evt_1", at, [new, old]))
    headers["X-AQNT-Signature"] = headers["X-AQNT-Signature"].replace(", ", ",")
    headers["webhook-signature"] = "v2,x  " + headers["webhook-signature"].replace(" ", "\t")
    for secret in (old, new):
        assert verified_event(secret, headers, body, now=at) == {"event": "invoice.paid"}
    for name in ("webhook-id", "webhook-signature", "X-AQNT-Signature"):
        with pytest.raises(WebhookError):
            verified_event(old, headers | {name: "v1,\udcff"}, body, now=at)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (ROOT / "docs" / "guide" / "clients.md", r"INV-\d{4}-001 2804\.40\nINVALID_INVOICE_STATE \[.*\]\n"),
        (PACKAGE / "README.md", ""),
    ],
)
def test_the_examples_run(
    api: UnreliableApi, key: str, page: Path, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVOICING_API_KEY", key)
    monkeypatch.setenv("INVOICING_URL", api.url)
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)
    told = StringIO()
    exec(code, {"print": partial(print, file=told)})  # noqa: S102
    assert re.fullmatch(expected, told.getvalue())


def test_the_package_is_complete_and_runs_on_old_pythons(tmp_path: Path) -> None:
    for file in PACKAGE.rglob("*.py"):
        ast.parse(file.read_text(), feature_version=(3, 10))
    command = ["uv", "build", "--quiet", "--wheel", "--offline", "--out-dir", str(tmp_path), str(PACKAGE)]
    subprocess.run(command, check=True)  # noqa: S603
    (wheel,) = tmp_path.glob("*.whl")
    names: Any = zipfile.ZipFile(wheel).namelist()
    sources = (PACKAGE / "src").rglob("*[!c]")
    assert {str(file.relative_to(PACKAGE / "src")) for file in sources if file.is_file()} < set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert f"/{wheel.name.split('-')[1]}" in USER_AGENT
    assert (PACKAGE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
