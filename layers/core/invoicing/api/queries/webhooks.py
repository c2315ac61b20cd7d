"""Lists of webhooks, and of their deliveries."""

from typing import get_args

from invoicing.api.outputs.webhooks import WebhookDeliveryOutput, WebhookOutput
from invoicing.api.query import CHOICE, INSTANT, RANGE, TEXT, Filter, ListSpec, one_of
from invoicing.domain.webhooks.delivery import Status
from invoicing.operations.lists.sort_texts import CREATED

WEBHOOKS = ListSpec(filters={}, sorts=(), output=WebhookOutput)

WEBHOOK_DELIVERIES = ListSpec(
    filters={
        "status": Filter(one_of(*get_args(Status)), CHOICE),
        "event_id": Filter(TEXT, frozenset({"eq"})),
        CREATED: Filter(INSTANT, RANGE),
    },
    sorts=(CREATED,),
    output=WebhookDeliveryOutput,
)
