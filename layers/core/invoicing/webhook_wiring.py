"""The adapters of webhooks, which `invoicing.wiring.Wiring` has among all others."""

import random
from abc import abstractmethod
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

import botocore.session

from invoicing.settings import Settings

if TYPE_CHECKING:
    from invoicing.messaging.secret_box import KmsSecretBox
    from invoicing.messaging.webhook_queue import SqsWebhookQueue
    from invoicing.operations.reactions.deliver_webhook import Outbound
    from invoicing.operations.webhooks._ports import UrlRules, WebhookServices
    from invoicing.storage.dynamodb.database import Database
    from invoicing.storage.event_log import DynamoEventLog


class WebhookWiring:
    """The adapters of webhooks, made on first use."""

    settings: Settings
    _session: botocore.session.Session

    @cached_property
    @abstractmethod
    def database(self) -> "Database":
        """The connection to DynamoDB."""

    @cached_property
    @abstractmethod
    def event_log(self) -> "DynamoEventLog":
        """The events in the order of recording."""

    @abstractmethod
    def now(self) -> datetime:
        """Return this instant, in UTC."""

    @cached_property
    def webhook_queue(self) -> "SqsWebhookQueue":
        """The queue of deliveries to webhooks."""
        from invoicing.messaging.webhook_queue import SqsWebhookQueue

        return SqsWebhookQueue(self._session, self.settings.webhooks_queue)

    @cached_property
    def webhooks(self) -> "WebhookServices":
        """What queues and delivers webhooks."""
        from invoicing.domain.webhooks.schedule import MOST_JITTER
        from invoicing.operations.webhooks._ports import WebhookServices
        from invoicing.storage.webhooks import DynamoWaitingDeliveries

        return WebhookServices(
            queue=self.webhook_queue,
            waiting=DynamoWaitingDeliveries(self.database),
            log=self.event_log,
            now=self.now,
            jitter=lambda: random.randint(0, MOST_JITTER),  # noqa: S311,
        )

    @cached_property
    def outbound(self) -> "Outbound":
        """What posts to endpoints."""
        from invoicing.messaging.webhook_sender import HttpWebhookSender
        from invoicing.operations.reactions.deliver_webhook import Outbound

        return Outbound(HttpWebhookSender(allow_localhost=self.settings.is_local), self.secret_box)

    @cached_property
    def secret_box(self) -> "KmsSecretBox":
        """What encrypts secrets."""
        from invoicing.messaging.secret_box import KmsSecretBox

        return KmsSecretBox(self._session, self.settings.webhooks_key)

    @cached_property
    def url_rules(self) -> "UrlRules":
        """How URLs of webhooks are checked."""
        from invoicing.messaging.webhook_sender import look_up_soon
        from invoicing.operations.webhooks._ports import UrlRules

        return UrlRules(resolve=look_up_soon, allow_localhost=self.settings.is_local)
