"""DELETE /account/api-keys/{key_id}: revoke an API key."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import NO_CONTENT, Answer
from invoicing.operations.revoke_api_key import revoke_api_key
from invoicing.wiring import api, wiring


@api("DELETE", "/account/api-keys/{key_id}", scope="account:write", answers={204: None}).operation
def handler(call: Call[NoBody]) -> Answer:
    """Nothing; no request with the key is accepted from here on."""
    revoke_api_key(call.work, wiring().api_keys, call.request.parameters["key_id"])
    return NO_CONTENT
