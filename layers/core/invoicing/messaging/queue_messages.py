"""Messages sent to a queue, as many in a request as SQS takes."""

from collections.abc import Iterable, Mapping
from itertools import batched
from typing import Any

MOST_MESSAGES = 10
"""The most messages of one SendMessageBatch request."""


def send_messages(client: Any, queue_url: str, messages: Iterable[Mapping[str, Any]], refusal: type[Exception]) -> None:
    """Send messages, each with the parameters that are its own; ``refusal`` where the queue refuses some."""
    for some in batched(messages, MOST_MESSAGES, strict=False):
        entries = [{"Id": str(number), **message} for number, message in enumerate(some)]
        answer = client.send_message_batch(QueueUrl=queue_url, Entries=entries)
        if refused := answer.get("Failed"):
            codes = sorted({each["Code"] for each in refused})
            raise refusal(f"{len(refused)} of {len(some)}: {', '.join(codes)}")
