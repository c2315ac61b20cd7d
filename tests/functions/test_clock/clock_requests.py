"""Requests about test clocks, and to anything else under one."""

from collections.abc import Mapping
from typing import Any

from tests.functions.business import apps
from tests.http import Response, call_handler, request

LEAP_DAY = "2028-02-29T08:00:00.000Z"


def ask(
    key: str, file: str, body: Any = None, *, query: str = "", headers: Mapping[str, str] | None = None, **names: str
) -> Response:
    """What the operation of a handler's file answers; ``names`` are the parameters of its path."""
    app = apps()[file]
    event = request(app.method, app.path.format(**names) + query, body, key=key, headers=headers, parameters=names)
    return call_handler(app, event)


def freeze(key: str, now: str = LEAP_DAY) -> Response:
    """Set the test clock."""
    return ask(key, "test_clock/set_test_clock", {"now": now})


def shown(key: str) -> Any:
    """The test clock, or the code of the error."""
    answer = ask(key, "test_clock/get_test_clock")
    return answer.data if answer.status == 200 else answer.error["code"]
