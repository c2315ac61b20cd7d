"""clients/typescript, compiled and run by Node against the API, as test_python.py runs the other client."""

import json
import re
import time
from decimal import Decimal

import pytest

from invoicing.domain.webhooks.signature import new_webhook_secret, signed_headers
from tests.clients.conftest import Recorder, UnreliableApi
from tests.clients.operations import operations, parts_of
from tests.clients.typescript import PACKAGE, compiled, needs_node, run, scenario
from tests.http import call, request
from tests.template import ROOT

pytestmark = [pytest.mark.slow, needs_node]


@pytest.fixture
def customer(key: str) -> str:
    body = {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@example.com"}
    return str(call("customers/create_customer", request("POST", "/customers", body, key=key)).data["id"])


def test_the_first_story(api: UnreliableApi, key: str) -> None:
    told = scenario("story", api.url, key)
    assert told["created"] == [201, 1500, []]
    assert told["late"] == [412, "precondition_failed", "ETAG_MISMATCH"]
    status, request_id, field, message = told["wrong"]
    assert (status, request_id[:4], field) == (422, "req_", "items[0].quantity")
    assert message.startswith("422 VALIDATION_FAILED: items[0].quantity must be")
    assert told["statuses"] == ["sent", "partially_paid", Decimal("0.01"), 204]
    assert told["secret"].startswith("whsec_")
    assert len({idempotency_key for _, idempotency_key in api.posted()}) == len(api.posted())


def test_a_list_is_read_page_by_page_as_it_is_asked_for(api: UnreliableApi, key: str) -> None:
    told = scenario("pages", api.url, key)
    assert told["ids"] == ["cust_0", "cust_1", "cust_2", "cust_3", "cust_4", "cust_0"]
    assert told["more"] == [True, False]
    paths = [path for method, path, _ in api.asked if method == "GET"]
    assert paths == ["/customers"] * 4 + ["/events"] * 2


def test_an_answer_that_is_lost_makes_one_invoice(api: UnreliableApi, key: str, customer: str) -> None:
    assert customer
    api.loses_next_answer = True
    told = scenario("create", api.url, key)
    assert told["ids"] == [told["id"]]
    assert told["replayed"] == "true"
    (_, first), (_, second) = api.posted()
    assert first == second
    assert len(told["pauses"]) == 1


def test_failures_are_waited_for_as_asked_and_make_one_invoice(api: UnreliableApi, key: str, customer: str) -> None:
    assert customer
    api.next_failures = [(503, "0"), (429, "7"), (500, ""), (502, "Fri, 27 Nov 2026 09:30:00 GMT")]
    told = scenario("create", api.url, key, {"idempotency-key": "order-1"})
    assert told["ids"] == [told["id"]]
    assert [each for _, each in api.posted()] == ["order-1"] * 5
    seconds = [float(pause) / 1000 for pause in told["pauses"]]
    assert [0.25 <= seconds[0] <= 0.5, 7.5 <= seconds[1] <= 8, 1 <= seconds[2] <= 2, 2 <= seconds[3] <= 4] == [True] * 4


def test_it_gives_up_in_the_end_and_tells_the_key(api: UnreliableApi) -> None:
    api.next_failures = [(503, "")] * 5
    told = scenario("failure", api.url)
    assert {each for _, each in api.posted()} == {told["idempotencyKey"]}
    assert (told["name"], told["pauses"]) == ("ApiError", 4)
    api.next_failures = [(429, "3600")]
    told = scenario("failure", api.url)
    assert (told["after"], told["pauses"]) == (3600, 0)
    api.next_failures = [(301, "")]
    told = scenario("failure", api.url)
    assert (told["name"], told["message"], told["pauses"]) == (
        "ApiError",
        "301 : redirected to https://elsewhere.example/, which is not followed",
        0,
    )
    told = scenario("failure", "http://127.0.0.1:9/v1/invoicing")
    assert (told["name"], told["pauses"]) == ("NoResponseError", 4)
    assert told["idempotencyKey"]


def test_every_operation_is_reached(recorder: Recorder) -> None:
    recorder.asked.clear()
    scenario("requests", recorder.url, operations())
    assert [(method, parts_of(path)) for method, path in recorder.asked] == operations()


def test_parts_that_would_lead_elsewhere_are_refused() -> None:
    told = scenario("refused", [["customers", part] for part in ("", ".", "..")])
    assert ["cannot be a part of a path" in each for each in told] == [True] * 3


def test_a_webhook_needs_every_signature_and_a_secret() -> None:
    body, secret = b'{"event":"invoice.paid"}', new_webhook_secret("nobody guesses this")
    headers = signed_headers(body, "evt_1", int(time.time()), [secret])
    assert scenario("verify", secret, headers, body.hex()) == {"event": "invoice.paid"}
    wrong = scenario("verify", secret, {**headers, "X-AQNT-Signature": "sha256=00"}, body.hex())
    assert wrong == "WebhookError: X-AQNT-Signature is not of this secret and body."
    assert "secret is empty" in scenario("verify", "", headers, body.hex())
    for masked in ("whsec_", "whsec_****************", "whsec_••••"):
        assert "not as it was shown" in scenario("verify", masked, headers, body.hex())
    both = signed_headers(body, "evt_1", int(time.time()), ["new-secret-0123456", secret])
    passed_on = {
        "X-AQNT-Signature": both["X-AQNT-Signature"].replace(", ", ","),
        "webhook-signature": "v2,x  " + both["webhook-signature"].replace(" ", "\t"),
    }
    assert scenario("verify", secret, {**both, **passed_on}, body.hex()) == {"event": "invoice.paid"}


@pytest.mark.parametrize(
    ("script", "expected"), [("guide", r"INV-\d{4}-001 2804\.4\nINVALID_INVOICE_STATE \[.*\]\n"), ("readme", "")]
)
def test_the_examples_run(api: UnreliableApi, key: str, script: str, expected: str) -> None:
    told = run(compiled() / f"{script}.mjs", INVOICING_API_KEY=key, INVOICING_URL=api.url)
    assert re.fullmatch(expected, told)


def test_the_package_is_complete() -> None:
    package = json.loads((PACKAGE / "package.json").read_text())
    assert package["exports"]["."]["types"] == package["types"] == "./dist/index.d.ts"
    assert f'/{package["version"]}"' in (PACKAGE / "src" / "client.ts").read_text()
    assert (PACKAGE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
