"""Signatures, by published vectors."""

import base64
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.domain.webhooks.signature import fault_of, new_webhook_secret, signed_headers

BODY = (
    '{"event":"invoice.paid","data":{"id":"inv_1","number":"INV-2026-001","total":1836.00,"amount_due":0.00,'
    '"currency":"USD","customer":"Käufer AG"},"meta":{"event_id":"evt_1","timestamp":"2026-11-25T23:30:00Z",'
    '"version":"v1","sequence":4}}'
).encode()
SECRET, AT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 1795649400


def test_both_signatures_of_a_body() -> None:
    assert hashlib.sha256(BODY).hexdigest() == "4f0f75462be78d3c040d5f260161996c4fb478d9370a4bfd2dfcf65c533f56c9"
    assert signed_headers(BODY, "evt_1", AT, [SECRET]) == {
        "X-AQNT-Event-ID": "evt_1",
        "X-AQNT-Timestamp": str(AT),
        "X-AQNT-Signature": "sha256=9eefd927e3fbbd1cd1e54defbd9941f01c0a7982e917f762643162d61bb7443f",
        "webhook-id": "evt_1",
        "webhook-timestamp": str(AT),
        "webhook-signature": "v1,0ShLZmkT+0A5bW7DLfGwAjDVBGacAPv1BRt0iJlf1Jc=",
    }


def test_the_vector_of_the_specification() -> None:
    body, secret = b'{"test": 2432232314}', "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = signed_headers(body, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, [secret])
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_of_another_kind_is_its_own_text() -> None:
    headers = signed_headers(BODY, "evt_1", AT, ["bar-secret-0123456789"])
    assert headers["webhook-signature"] == "v1,Xra4x2HNXy1C4klWKygaZwnzbvstB+vS2jtqylOvfHg="
    assert headers["X-AQNT-Signature"].endswith("04d2030d1ffbde9412ccdf1779444e04979a3902490de32b6217d6c15a5474a3")


def test_a_body_that_was_written_anew_has_another_signature() -> None:
    anew = json.dumps(json.loads(BODY), ensure_ascii=False, separators=(",", ":")).encode()
    assert json.loads(anew) == json.loads(BODY)
    assert signed_headers(anew, "evt_1", AT, [SECRET]) != signed_headers(BODY, "evt_1", AT, [SECRET])


def test_while_a_secret_rotates_the_new_one_comes_first() -> None:
    new, old = (signed_headers(BODY, "evt_1", AT, [each]) for each in ("new-secret-0123456789", SECRET))
    both = signed_headers(BODY, "evt_1", AT, ["new-secret-0123456789", SECRET])
    assert both["webhook-signature"] == f"{new['webhook-signature']} {old['webhook-signature']}"
    assert both["X-AQNT-Signature"] == f"{new['X-AQNT-Signature']}, {old['X-AQNT-Signature']}"


@given(st.text())
def test_a_secret_that_we_make_can_be_given_back(random_text: str) -> None:
    assert fault_of(new_webhook_secret(random_text)) is None


def of_bytes(count: int) -> str:
    return "whsec_" + base64.b64encode(bytes(count)).decode()


@pytest.mark.parametrize("secret", ["x" * 16, "~" * 255, "!secret-of-mine!!", of_bytes(24), of_bytes(64), SECRET])
def test_secrets_that_can_be_given(secret: str) -> None:
    assert fault_of(secret) is None


@pytest.mark.parametrize(
    "secret",
    [
        "x" * 15,
        "x" * 256,
        "with a space 0123",
        "schlüssel-0123456",
        "line\nbreak-012345",
        of_bytes(23),
        of_bytes(65),
        "whsec_",
        "whsec_bar-secret-0123456789",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw=",
        "whsec_" + "?" * 32,
    ],
)
def test_secrets_that_cannot(secret: str) -> None:
    assert fault_of(secret)
