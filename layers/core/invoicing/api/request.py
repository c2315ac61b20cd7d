"""Reads an API Gateway event (HTTP API, payload format 2.0)."""

import base64
import re
from typing import Any

from invoicing import exact_json
from invoicing.dataclass import dataclass
from invoicing.domain.errors import InvalidRequest, RequestTooLarge

MAX_BODY_BYTES = 1_000_000
BASE_PATH = "/v1/invoicing"

_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_ETAG = re.compile(r'\s*(?:W/)?"v(\d{1,15})"\s*')


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; header names are lower case, as API Gateway gives them."""

    method: str
    path: str
    headers: dict[str, str]
    parameters: dict[str, str]
    event: dict[str, Any]

    @classmethod
    def of(cls, event: dict[str, Any]) -> "Request":
        """The request of an API Gateway event."""
        return cls(
            method=event["requestContext"]["http"]["method"],
            path=event["rawPath"],
            headers={name.lower(): value for name, value in event.get("headers", {}).items()},
            parameters=event.get("pathParameters") or {},
            event=event,
        )

    @property
    def query_string(self) -> str:
        """What follows the ``?``, as it was sent."""
        return str(self.event.get("rawQueryString") or "")

    @property
    def own_id(self) -> str | None:
        """The client's own request id, when it is well-formed."""
        given = self.headers.get("x-request-id", "")
        return given if _REQUEST_ID.fullmatch(given) else None

    @property
    def idempotency_key(self) -> str | None:
        """The ``Idempotency-Key`` of a POST; `InvalidRequest` when it is not 1 to 255 visible ASCII characters."""
        key = self.headers.get("idempotency-key") if self.method == "POST" else None
        if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
            raise InvalidRequest(
                "INVALID_IDEMPOTENCY_KEY", "Idempotency-Key must have 1 to 255 visible ASCII characters."
            )
        return key

    @property
    def if_version(self) -> int | None:
        """The version that ``If-Match`` asks for; None without the header or with ``*``. -1, which no thing has,
        for a tag that is not ours."""
        tag = self.headers.get("if-match")
        if tag is None or tag.strip() == "*":
            return None
        match = _ETAG.fullmatch(tag)
        return int(match[1]) if match else -1

    @property
    def host(self) -> str:
        """Scheme and host the client called."""
        return f"https://{self.event['requestContext']['domainName']}"

    def body(self) -> bytes:
        """The body; `RequestTooLarge` over 1 MB."""
        text = self.event.get("body") or ""
        # Base64 makes 4 characters of up to 3 bytes: what is too long either way is refused before it is decoded.
        if len(text) * 3 // 4 <= MAX_BODY_BYTES + 2:
            raw = base64.b64decode(text) if self.event.get("isBase64Encoded") else text.encode()
            if len(raw) <= MAX_BODY_BYTES:
                return raw
        raise RequestTooLarge("REQUEST_TOO_LARGE", "A request body has at most 1 MB (1,000,000 bytes).")

    def json(self) -> Any:
        """The body as JSON with exact decimals, ``{}`` when it is empty; `InvalidRequest` ``INVALID_JSON`` says why."""
        raw = self.body()
        if not raw:
            return {}
        try:
            return exact_json.loads(raw)
        except ValueError as error:
            raise InvalidRequest("INVALID_JSON", f"The body is not valid JSON: {error}.") from None
