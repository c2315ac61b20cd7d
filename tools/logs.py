"""Shows what the functions of the local stack log: one readable line for each record."""

import json
import re
import time
from collections.abc import Mapping
from typing import Any, Never

from tools.stack import NAME, Stack

GROUP = f"/aws/lambda/{NAME}"
"""The log group that all functions share."""

# Lambda's own lines, two to three for every line of ours.
PLATFORM = ("INIT_START", "START RequestId", "END RequestId", "REPORT RequestId", '{"time":')

STANDARD = {
    "_aws", "exception", "exception_name", "function", "key_id", "level", "location", "message", "reaction",
    "request_id", "service", "stack_trace", "timestamp", "Reactions", "Requests", "Schedules",
}  # fmt: skip
"""Fields of a record that are not shown by their names."""


def follow_logs(stack: Stack) -> Never:
    """Print every new record until interrupted."""
    group = _Group(stack)
    names = {physical: _spoken(logical) for logical, physical in stack.resources.items()}
    while True:
        for _, text in sorted(group.new_records()):
            print(line_of(text, names), flush=True)
        time.sleep(1)


def log_groups(stack: Stack) -> list[str]:
    """Names of all log groups of the functions."""
    pages = stack.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=GROUP)
    return [group["logGroupName"] for page in pages for group in page["logGroups"]]


def line_of(text: str, names: Mapping[str, str]) -> str:
    """A record as a person reads it; what is no record stays as it is.

    Args:
        text: what a function wrote.
        names: handlers by the names that Lambda has for their functions.
    """
    try:
        record = json.loads(text)
    except ValueError:
        record = None
    if not isinstance(record, dict):
        return text
    function = names.get(record.get("function", ""), record.get("function", ""))
    if "operation" in record:
        parts = [record["operation"], record.get("status"), record.get("code"), f"{record.get('milliseconds')} ms"]
        line = " ".join(str(part) for part in [*parts, function] if part)
    else:
        level = "" if record.get("level") == "INFO" else record.get("level")
        line = " ".join(str(part) for part in [level, f"{function}:", record.get("message"), _fields(record)] if part)
    return "\n".join(part for part in (line, record.get("exception")) if part)


def _fields(record: Mapping[str, Any]) -> str:
    shown = {name: value for name, value in record.items() if name not in STANDARD and value is not None}
    return " ".join(f"{name}={value}" for name, value in shown.items())


def _spoken(logical_id: str) -> str:
    """``SendInvoiceFunction`` is ``send_invoice``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", logical_id.removesuffix("Function")).lower()


class _Group:
    def __init__(self, stack: Stack) -> None:
        self.logs = stack.logs
        self.since = int(time.time() * 1000)
        self.shown: set[tuple[int, str]] = set()

    def new_records(self) -> list[tuple[int, str]]:
        """Moments, in milliseconds since 1970, and what was written then."""
        pages = self.logs.get_paginator("filter_log_events").paginate(logGroupName=GROUP, startTime=self.since)
        found = [(event["timestamp"], event["message"].rstrip()) for page in pages for event in page["events"]]
        fresh = [event for event in found if event not in self.shown]
        self.since = max((moment for moment, _ in found), default=self.since)
        # MiniStack's events have no ids: those of the last millisecond will be found again.
        self.shown = {event for event in found if event[0] == self.since}
        return [event for event in fresh if event[1] and not event[1].startswith(PLATFORM)]
