"""Hooks of Schemathesis, which runs them in its own environment: `test_contract.py`."""

import re
from itertools import count
from typing import Any

import schemathesis

_USABLE = re.compile(r"[!-~]{1,255}")
_numbers = count(1)


def before_call(_context: Any, case: Any, _options: Any) -> None:
    """Give each request a new ``Idempotency-Key``: with one key for all, every second request would be refused."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and _USABLE.fullmatch(key):
        case.headers["Idempotency-Key"] = f"{key[:200]}-{next(_numbers)}"


schemathesis.hook(before_call)
