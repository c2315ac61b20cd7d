"""POST /webhooks/{webhook_id}/replay: send the events of a period again."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.webhooks import ReplayWebhookInput
from invoicing.api.outputs.webhooks import WebhookReplayOutput, replay_result
from invoicing.operations.webhooks.replay_webhook import replay_webhook
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/webhooks/{webhook_id}/replay",
    summary="Replay events to a webhook",
    description=(
        "Sends the events of a period once more, one after the other in the order of recording, with their ids: "
        "those that match `events` of the webhook now, also from before it existed. `from` is included, `to` is not; "
        "a replay covers 31 days at most."
    ),
    scope="webhooks:write",
    body=ReplayWebhookInput,
    answers={202: WebhookReplayOutput},
    errors={409: "The webhook is disabled."},
).operation
def handler(request: ApiRequest[ReplayWebhookInput]) -> Result:
    """The replay, which has begun."""
    begins, ends = request.body.period
    webhook_id = request.http.parameters["webhook_id"]
    replay, order = replay_webhook(request.uow, webhook_id, begins, ends, wiring().event_log)
    return replay_result(replay, (lambda: wiring().webhook_queue.offer([order])) if order else None)
