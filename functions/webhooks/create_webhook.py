"""POST /webhooks: create a webhook."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.webhooks import CreateWebhookInput
from invoicing.api.outputs.webhooks import WebhookWithSecretOutput, secret_result
from invoicing.operations.webhooks.create_webhook import create_webhook
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/webhooks",
    summary="Create a webhook",
    description=(
        "An endpoint of yours that gets the events that match `events`: types such as `invoice.paid`, `invoice.*` "
        "for all of a resource, `*` for all. Only this response, and that of a rotation, hold the secret, in "
        "`secret`."
    ),
    scope="webhooks:write",
    body=CreateWebhookInput,
    answers={201: WebhookWithSecretOutput},
    errors={409: "The account has 20 webhooks in this mode, which is the most."},
    etag=True,
).operation
def handler(request: ApiRequest[CreateWebhookInput]) -> Result:
    """The webhook, whose secret is shown this once."""
    body, rules, box = request.body, wiring().url_rules, wiring().secret_box
    made = create_webhook(request.uow, body.url, tuple(body.events), body.secret, rules=rules, box=box)
    return secret_result(made)
