"""Reads batches of a queue that gets its messages from the event bus."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger

from invoicing import exact_json
from invoicing.domain.events import Event

logger = Logger()


def take_by_account(batch: Mapping[str, Any], take: Callable[[str, list[Event]], object]) -> dict[str, Any]:
    """Give ``take`` the events of each account together; the answer names the messages that shall come again.

    Those are messages that are no event, and all of an account whose events ``take`` raised on.
    """
    again: list[str] = []
    told: dict[str, list[tuple[str, Event]]] = defaultdict(list)
    for record in batch["Records"]:
        try:
            event = event_of(record["body"])
        except (KeyError, ValueError):
            logger.exception("not an event", message_id=record["messageId"])
            again.append(record["messageId"])
        else:
            told[event.account].append((record["messageId"], event))
    for account, messages in told.items():
        try:
            take(account, [event for _, event in messages])
        except Exception:  # whatever it is, the other accounts' messages are done
            logger.exception("not taken", events=[event.id for _, event in messages])
            again += [message_id for message_id, _ in messages]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}


def event_of(body: str) -> Event:
    """The event of a message, as `invoicing.messaging.bus` published it; `KeyError`, `ValueError` when it is none."""
    message = exact_json.loads(body)
    detail = message["detail"]
    return Event(
        account=detail["account"],
        id=detail["event_id"],
        type=message["detail-type"],
        resource_id=detail["resource_id"],
        occurred_at=datetime.fromisoformat(detail["occurred_at"]),
        data=detail["data"],
    )
