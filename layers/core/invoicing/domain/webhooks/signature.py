"""Signatures of webhooks: of the bytes that are sent, by the secrets of the endpoint.

``X-AQNT-Signature`` is the HMAC of the body alone, under the secret's text. ``webhook-signature`` is that of the
`Standard Webhooks <https://www.standardwebhooks.com>`_ specification: of id, time and body, under the bytes that a
``whsec_`` secret stands for. Which bytes are the key never depends on anything else.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
FEWEST_BYTES, MOST_BYTES = 24, 64
"""The bytes that a ``whsec_`` secret stands for."""

SHORTEST, LONGEST = 16, 255
"""The characters of any other secret."""


def new_webhook_secret(random_text: str) -> str:
    """Make a secret of a text that nobody can guess."""
    return PREFIX + base64.b64encode(hashlib.sha256(random_text.encode()).digest()).decode()


def fault_of(secret: str) -> str | None:
    """Return what is wrong with a secret that a client gives, as the end of a sentence; None of a good one."""
    if not all("!" <= character <= "~" for character in secret):
        return "must have visible ASCII characters only"
    if not secret.startswith(PREFIX):
        return None if SHORTEST <= len(secret) <= LONGEST else f"must have {SHORTEST} to {LONGEST} characters"
    try:
        size = len(base64.b64decode(secret.removeprefix(PREFIX), validate=True))
    except binascii.Error:
        size = 0
    wrong = f"must be {PREFIX} and the base64 of {FEWEST_BYTES} to {MOST_BYTES} bytes, or not begin with {PREFIX}"
    return None if FEWEST_BYTES <= size <= MOST_BYTES else wrong


def signed_headers(body: bytes, event_id: str, seconds: int, secrets: Sequence[str]) -> Mapping[str, str]:
    """Return the headers of an attempt: ``seconds`` since 1970 are its own, not the event's.

    While a secret rotates there are two, the new one first.
    """
    content = b".".join((event_id.encode(), str(seconds).encode(), body))
    hex_of_body = (hmac.new(secret.encode(), body, hashlib.sha256).hexdigest() for secret in secrets)
    of_content = (hmac.new(standard_key(secret), content, hashlib.sha256).digest() for secret in secrets)
    return {
        "X-AQNT-Event-ID": event_id,
        "X-AQNT-Timestamp": str(seconds),
        "X-AQNT-Signature": ", ".join(f"sha256={each}" for each in hex_of_body),
        "webhook-id": event_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{base64.b64encode(each).decode()}" for each in of_content),
    }


def standard_key(secret: str) -> bytes:
    """Return the key of ``webhook-signature``."""
    if secret.startswith(PREFIX):
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    return secret.encode()
