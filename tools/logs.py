"""Shows what the functions of the local stack log: one readable line for each record."""

import json
import re
import time
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Never

from tools.stack import NAME, Stack

GROUPS = f"/aws/lambda/{NAME}"
"""Name of the log group that all functions share, or the beginning of the names of their own groups."""

# Lambda's own lines, two to three for every line of ours.
PLATFORM = ("INIT_START", "START RequestId", "END RequestId", "REPORT RequestId", '{"time":')

STANDARD = {
    "cold_start", "exception", "exception_name", "function_arn", "function_memory_size", "function_name",
    "function_request_id", "key_id", "level", "location", "message", "request_id", "service", "stack_trace",
    "timestamp", "xray_trace_id",
}  # fmt: skip
"""Fields of a record that are not shown by their names."""


def follow_logs(stack: Stack) -> Never:
    """Print every new record until interrupted."""
    followed = [_Group(stack, name) for name in log_groups(stack)]
    names = {physical: _spoken(logical) for logical, physical in stack.resources.items()}
    while True:
        fresh = [(moment, group.function, text) for group in followed for moment, text in group.new_records()]
        for _, function, text in sorted(fresh, key=itemgetter(0)):
            print(line_of(text, names, function), flush=True)
        time.sleep(1)


def log_groups(stack: Stack) -> list[str]:
    """Names of all log groups of the functions."""
    pages = stack.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=GROUPS)
    return [group["logGroupName"] for page in pages for group in page["logGroups"]]


def line_of(text: str, names: Mapping[str, str], function: str = "") -> str:
    """A record as a person reads it; what is no record stays as it is.

    Args:
        text: what a function wrote.
        names: handlers by the names that Lambda has for their functions.
        function: the handler, where the log group tells it; else the record does.
    """
    try:
        record = json.loads(text)
    except ValueError:
        record = None
    if not isinstance(record, dict):
        return f"{function}: {text}" if function else text
    logged_as = record.get("function_name", "")
    function = names.get(logged_as, logged_as) or function
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
    def __init__(self, stack: Stack, name: str) -> None:
        self.logs = stack.logs
        self.name = name
        self.function = name.removeprefix(GROUPS).removeprefix("/")
        self.since = int(time.time() * 1000)
        self.shown: set[tuple[int, str]] = set()

    def new_records(self) -> list[tuple[int, str]]:
        """Moments, in milliseconds since 1970, and what was written then."""
        pages = self.logs.get_paginator("filter_log_events").paginate(logGroupName=self.name, startTime=self.since)
        found = [(event["timestamp"], event["message"].rstrip()) for page in pages for event in page["events"]]
        fresh = [event for event in found if event not in self.shown]
        self.since = max((moment for moment, _ in found), default=self.since)
        # MiniStack's events have no ids: those of the last millisecond will be found again.
        self.shown = {event for event in found if event[0] == self.since}
        return [event for event in fresh if event[1] and not event[1].startswith(PLATFORM)]
