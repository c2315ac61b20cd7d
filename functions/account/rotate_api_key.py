"""POST /account/api-keys/{key_id}/rotate: replace an API key by a new one."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.api_keys import RotateApiKeyInput
from invoicing.api.outputs.api_keys import IssuedApiKeyOutput, issued_key_reply
from invoicing.operations.account.rotate_api_key import rotate_api_key
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/account/api-keys/{key_id}/rotate",
    summary="Rotate an API key",
    description=(
        "Creates a key that replaces another one, which is accepted until its grace period ends. Only this "
        "response holds the new secret, in `key`."
    ),
    scope="account:write",
    body=RotateApiKeyInput,
    answers={201: IssuedApiKeyOutput},
    errors={409: "The key is revoked, expired or already replaced."},
).operation
def handler(request: ApiRequest[RotateApiKeyInput]) -> Result:
    """The new key, whose secret is shown this once."""
    grace_period = request.body.grace_period()
    key_id = request.http.parameters["key_id"]
    return issued_key_reply(rotate_api_key(request.uow, wiring().api_keys, request.caller, key_id, grace_period))
