"""Idempotency keys: what is remembered of an answer, and how it is given again."""

import hashlib
from datetime import datetime

from invoicing.api.envelope import HttpResponse
from invoicing.api.request import Request
from invoicing.domain.errors import Conflict
from invoicing.operations.unit_of_work.change_set import IdempotencyRecord


def request_hash(request: Request) -> str:
    """What makes two requests the same: method, path and body, to the byte."""
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + request.body()).hexdigest()


def idempotency_record_of(
    request: Request, account: str, key: str, answer: HttpResponse, now: datetime
) -> IdempotencyRecord:
    """What is stored in the transaction whose effect the answer tells of: no secret that is shown only once."""
    body = answer.body if answer.remembered is None else answer.remembered
    remembered = {"status": answer.status, "body": body.decode(), "headers": answer.headers}
    return IdempotencyRecord(
        account=account, key=key, request_hash=request_hash(request), answer=remembered, created_at=now
    )


def replay(idempotency_record: IdempotencyRecord, request: Request) -> HttpResponse:
    """The first answer again; `Conflict` ``IDEMPOTENCY_KEY_REUSED`` when it was given to another request."""
    if idempotency_record.request_hash != request_hash(request):
        raise Conflict("IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used with another request; send a new key.")
    first = idempotency_record.answer
    return HttpResponse(
        status=first["status"],
        body=first["body"].encode(),
        headers=first["headers"] | {"Idempotent-Replayed": "true"},
    )
