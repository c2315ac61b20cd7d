"""Idempotency keys: what is remembered of an answer, and how it is given again."""

import hashlib
from datetime import datetime

from invoicing.api.envelope import Answer
from invoicing.api.request import Request
from invoicing.domain.errors import Conflict
from invoicing.operations.changes import Mark


def request_hash(request: Request) -> str:
    """What makes two requests the same: method, path and body, to the byte."""
    head = f"{request.method} {request.path}\n".encode()
    return hashlib.sha256(head + request.body()).hexdigest()


def mark_of(request: Request, account: str, key: str, answer: Answer, now: datetime) -> Mark:
    """What is stored in the transaction whose effect the answer tells of: no secret that is shown only once."""
    body = answer.body if answer.remembered is None else answer.remembered
    remembered = {"status": answer.status, "body": body.decode(), "headers": answer.headers}
    return Mark(account=account, key=key, request_hash=request_hash(request), answer=remembered, created_at=now)


def replay(mark: Mark, request: Request) -> Answer:
    """The first answer again; `Conflict` ``IDEMPOTENCY_KEY_REUSED`` when it was given to another request."""
    if mark.request_hash != request_hash(request):
        raise Conflict("IDEMPOTENCY_KEY_REUSED", "This Idempotency-Key was used with another request.")
    first = mark.answer
    return Answer(
        status=first["status"],
        body=first["body"].encode(),
        headers=first["headers"] | {"Idempotent-Replayed": "true"},
    )
