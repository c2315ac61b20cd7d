"""POST /account/api-keys/{key_id}/rotate: replace an API key by a new one."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.api_keys import RotateApiKeyInput
from invoicing.api.outputs.api_keys import IssuedApiKeyOutput, issued_key_reply
from invoicing.operations.rotate_api_key import rotate_api_key
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/account/api-keys/{key_id}/rotate",
    scope="account:write",
    body=RotateApiKeyInput,
    answers={201: IssuedApiKeyOutput},
).operation
def handler(call: Call[RotateApiKeyInput]) -> Reply:
    """The new key, whose secret is shown this once."""
    grace_period = call.body.grace_period()
    key_id = call.request.parameters["key_id"]
    return issued_key_reply(rotate_api_key(call.work, wiring().api_keys, call.caller, key_id, grace_period))
