"""Rows of the contract's table of errors: each is shown by a request that must be answered so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.functions.business import BODIES, Business
from tests.http import Response

Ask = Callable[[Business], Response]


@dataclass(frozen=True)
class Row:
    """One row: ``ask`` sends a request that must be answered so; ``detail`` is the one wrong field and its code."""

    status: int
    type: str
    code: str
    file: str
    ask: Ask
    detail: tuple[str, str] | None = None

    def __str__(self) -> str:
        return f"{self.status}-{self.code}" + (f"-{self.detail[1]}-{self.detail[0]}" if self.detail else "")


def row(status: int, kind: str, code: str, file: str, body: Any = None, **options: Any) -> Row:
    """A row that one request shows; texts in braces, such as ``{sent_id}``, are looked up in the business."""
    detail = options.pop("detail", None)

    def ask(business: Business) -> Response:
        known = {name: value for name, value in vars(business).items() if isinstance(value, str)}
        return business.ask(
            file, _filled(body, known), **{name: _filled(value, known) for name, value in options.items()}
        )

    return Row(status, kind, code, file, ask, detail)


def _filled(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, str):
        return known.get(value[1:-1], value) if value.startswith("{") else value
    if isinstance(value, dict):
        return {name: _filled(item, known) for name, item in value.items()}
    return [_filled(item, known) for item in value] if isinstance(value, list) else value


def bad(code: str, file: str, body: Any = None, *, at: str | None = None, why: str = "", **options: Any) -> Row:
    return row(400, "invalid_request_error", code, file, body, detail=at and (at, why), **options)


def missing(code: str, file: str, **options: Any) -> Row:
    return row(404, "not_found_error", code, file, BODIES.get(file), **options)


def conflict(code: str, file: str, body: Any = None, **options: Any) -> Row:
    return row(409, "resource_conflict", code, file, body, **options)


def outdated(file: str) -> Row:
    return row(412, "precondition_failed", "ETAG_MISMATCH", file, BODIES.get(file), headers={"If-Match": '"v9"'})


def refund(code: str, body: Any, **options: Any) -> Row:
    return row(422, "refund_error", code, "payments/refund_payment", body, detail=("amount", code), **options)


def wrong(at: str, why: str, file: str, body: Any, *, code: str = "VALIDATION_FAILED", **options: Any) -> Row:
    return row(422, "validation_error", code, file, body, detail=(at, why), **options)
