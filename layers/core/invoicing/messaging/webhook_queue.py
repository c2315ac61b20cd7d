"""The queue of deliveries to webhooks."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from math import ceil
from typing import Any

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

from invoicing import exact_json
from invoicing.aws_session import CONFIG
from invoicing.messaging.queue_messages import send_messages
from invoicing.messaging.reaction import MessageFormat
from invoicing.operations.webhooks._ports import WebhookOrder

LONGEST_DELAY = 900
"""Seconds: SQS takes no longer ones."""


class OrdersNotTaken(Exception):
    """The queue refused some orders; whoever sent them does so again."""


class SqsWebhookQueue:
    """The queue of deliveries (`invoicing.operations.webhooks._ports.WebhookQueue`).

    The messages of an endpoint are a group, so that SQS hands out those of others first while it has many.
    """

    def __init__(self, session: botocore.session.Session, queue_url: str) -> None:
        self._client: Any = session.create_client("sqs", config=CONFIG)
        self._queue_url = queue_url

    def offer(self, orders: Sequence[WebhookOrder]) -> None:
        """Queue orders if the queue takes them now; those who call this have stored what finds them otherwise."""
        with suppress(BotoCoreError, ClientError, OrdersNotTaken):
            self.send(orders)

    def send(self, orders: Sequence[WebhookOrder], delay: float = 0) -> None:
        """Queue orders, ten in a request; `OrdersNotTaken`."""
        messages = (
            {
                "MessageBody": message_of(order),
                "MessageGroupId": order.webhook_id,
                "DelaySeconds": min(ceil(delay), LONGEST_DELAY),
            }
            for order in orders
        )
        send_messages(self._client, self._queue_url, messages, OrdersNotTaken)


def message_of(order: WebhookOrder) -> str:
    """Write an order as a message."""
    return exact_json.dumps(
        {
            "account": order.account,
            "webhook_id": order.webhook_id,
            "id": order.id,
            "at": order.at.isoformat(),
            "turns": order.turns,
        }
    ).decode()


def order_of(body: str) -> WebhookOrder:
    """Read the order of a message; `KeyError`, `ValueError` without one."""
    message = exact_json.loads(body)
    return WebhookOrder(
        account=str(message["account"]),
        webhook_id=str(message["webhook_id"]),
        id=str(message["id"]),
        at=datetime.fromisoformat(message["at"]),
        turns=int(message["turns"]),
    )


ORDERS = MessageFormat(order_of, lambda order: {"webhook_id": order.webhook_id, "delivery_id": order.id})
"""Messages with an order."""
