"""The queue of due work, as tests look into it."""

import json
from typing import Any

from tests.aws import Aws


def received(aws: Aws) -> list[dict[str, Any]]:
    """The messages in the queue, which stay there."""
    answer = aws.client("sqs").receive_message(
        QueueUrl=aws.environment["DUE_WORK_QUEUE"], MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    messages: list[dict[str, Any]] = answer.get("Messages", [])
    return messages


def queued(aws: Aws) -> list[dict[str, Any]]:
    """What the messages in the queue say."""
    return [json.loads(message["Body"]) for message in received(aws)]
