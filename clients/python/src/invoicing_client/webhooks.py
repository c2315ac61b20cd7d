"""Verifies that a request to your endpoint is a fresh one of the API."""

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from invoicing_client.errors import WebhookError

TOLERANCE = 300
"""How many seconds a request may be old, or a clock wrong."""


def verified_event(
    secret: str, headers: Mapping[str, str], body: bytes, *, tolerance: float = TOLERANCE, now: float | None = None
) -> dict[str, Any]:
    """Return the event of a request to your endpoint, with exact numbers; `WebhookError` if it is not genuine or fresh.

    ``body`` is what came, unparsed. While the secret rotates a request has two signatures: the old secret and the
    new one both verify it. An event can come several times: drop those whose ``event["meta"]["event_id"]`` you know.
    """
    key = _key(secret)
    given = {name.lower(): value for name, value in headers.items()}
    sent_at = given.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", sent_at):
        raise WebhookError("The header webhook-timestamp is missing, or is no time.")
    if abs((time.time() if now is None else now) - int(sent_at)) > tolerance:
        raise WebhookError("The request is too old, or the clock of this machine is wrong.")
    signed = _bytes(f"{given.get('webhook-id', '')}.{sent_at}.") + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    _find(expected, given.get("webhook-signature", "").split(), "webhook-signature")
    of_body = given.get("x-aqnt-signature")
    if of_body is not None:  # covers no time, so that it does not do alone
        expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        _find(expected, [each.strip() for each in of_body.split(",")], "X-AQNT-Signature")
    event: dict[str, Any] = json.loads(body, parse_float=Decimal)
    return event


def _key(secret: str) -> bytes:
    """The key of ``webhook-signature``; `ValueError` without one, such as for a secret that was masked."""
    if not secret:
        raise ValueError("The secret is empty: anybody could sign with it.")
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        key = base64.b64decode(secret[6:], validate=True)
    except ValueError:
        key = b""
    if not key:
        raise ValueError("The secret has no base64 after whsec_: it is not as it was shown.")
    return key


def _bytes(text: str) -> bytes:
    """The bytes of a header; what is no text in it, as some servers pass on, fits no signature."""
    return text.encode(errors="backslashreplace")


def _find(expected: str, signatures: list[str], header: str) -> None:
    """Raise `WebhookError` if none is the expected one; takes as long for any that are wrong."""
    if not any(hmac.compare_digest(expected.encode(), _bytes(each)) for each in signatures):
        raise WebhookError(f"{header} is not of this secret and body.")
