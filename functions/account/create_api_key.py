"""POST /account/api-keys: make an API key."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.api_keys import CreateApiKeyInput
from invoicing.api.outputs.api_keys import IssuedApiKeyOutput, issued_key_reply
from invoicing.operations.create_api_key import create_api_key
from invoicing.wiring import api


@api(
    "POST", "/account/api-keys", scope="account:write", body=CreateApiKeyInput, answers={201: IssuedApiKeyOutput}
).operation
def handler(call: Call[CreateApiKeyInput]) -> Reply:
    """The key, whose secret is shown this once."""
    return issued_key_reply(create_api_key(call.work, call.caller, call.body.key()))
