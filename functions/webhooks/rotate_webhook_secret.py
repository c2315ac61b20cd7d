"""POST /webhooks/{webhook_id}/rotate-secret: give a webhook another secret."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.webhooks import RotateWebhookSecretInput
from invoicing.api.outputs.webhooks import WebhookWithSecretOutput, secret_result
from invoicing.operations.webhooks.rotate_webhook_secret import rotate_webhook_secret
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/webhooks/{webhook_id}/rotate-secret",
    summary="Rotate the secret of a webhook",
    description=(
        "Signs with a given or new secret from now on and, for `overlap_seconds`, also with the present one: each "
        "attempt then has two signatures, the new one first. Only this response holds the secret."
    ),
    scope="webhooks:write",
    body=RotateWebhookSecretInput,
    answers={201: WebhookWithSecretOutput},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[RotateWebhookSecretInput]) -> Result:
    """The webhook with its new secret."""
    rotated = rotate_webhook_secret(
        request.uow,
        request.http.parameters["webhook_id"],
        request.body.secret,
        request.body.overlap,
        box=wiring().secret_box,
        if_version=request.http.if_version,
    )
    return secret_result(rotated)
