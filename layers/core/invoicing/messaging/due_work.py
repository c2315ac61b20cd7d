"""The queue of due work."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

import botocore.session

from invoicing import exact_json
from invoicing.aws_session import CONFIG
from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import DueEntry

MOST_MESSAGES = 10
"""The most messages of one SendMessageBatch request."""


class EntriesNotTaken(Exception):
    """The queue refused some entries; the next tick finds them again."""


class SqsDueWorkQueue:
    """The queue of due work (`invoicing.operations.unit_of_work.ports.DueWorkQueue`)."""

    def __init__(self, session: botocore.session.Session, queue_url: str) -> None:
        self._client: Any = session.create_client("sqs", config=CONFIG)
        self._queue_url = queue_url

    def send(self, entries: Sequence[DueEntry], delay: int = 0) -> None:
        """Queue entries, ten in a request, to be received after ``delay`` seconds; `EntriesNotTaken`."""
        for some in batched(entries, MOST_MESSAGES, strict=False):
            messages = [
                {
                    "Id": str(number),
                    "MessageBody": message_of(entry),
                    "MessageGroupId": entry.account.replace("#", "-"),
                    "DelaySeconds": delay,
                }
                for number, entry in enumerate(some)
            ]
            answer = self._client.send_message_batch(QueueUrl=self._queue_url, Entries=messages)
            if refused := answer.get("Failed"):
                codes = sorted({each["Code"] for each in refused})
                raise EntriesNotTaken(f"{len(refused)} of {len(some)}: {', '.join(codes)}")


def message_of(entry: DueEntry) -> str:
    """Write the message of an entry."""
    values = {
        "account": entry.account,
        "kind": entry.kind,
        "id": entry.id,
        "at": instant_text(entry.at),
        "work": entry.work.name,
    }
    return exact_json.dumps(values).decode()
