"""The queue of due work."""

from collections.abc import Sequence
from typing import Any

import botocore.session

from invoicing import exact_json
from invoicing.aws_session import CONFIG
from invoicing.domain.calendar import instant_text
from invoicing.domain.due_work import DueEntry
from invoicing.messaging.queue_messages import send_messages


class EntriesNotTaken(Exception):
    """The queue refused some entries; the next tick finds them again."""


class SqsDueWorkQueue:
    """The queue of due work (`invoicing.operations.unit_of_work.ports.DueWorkQueue`)."""

    def __init__(self, session: botocore.session.Session, queue_url: str) -> None:
        self._client: Any = session.create_client("sqs", config=CONFIG)
        self._queue_url = queue_url

    def send(self, entries: Sequence[DueEntry], delay: int = 0) -> None:
        """Queue entries, ten in a request, to be received after ``delay`` seconds; `EntriesNotTaken`."""
        messages = (
            {
                "MessageBody": message_of(entry),
                "MessageGroupId": entry.account.replace("#", "-"),
                "DelaySeconds": delay,
            }
            for entry in entries
        )
        send_messages(self._client, self._queue_url, messages, EntriesNotTaken)


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
