"""POST /account/api-keys: make an API key."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.api_keys import CreateApiKeyInput
from invoicing.api.outputs.api_keys import IssuedApiKeyOutput, issued_key_reply
from invoicing.operations.account.create_api_key import create_api_key
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/account/api-keys",
    summary="Create an API key",
    description=(
        "Only this response holds the secret, in `key`. A new key has at most the scopes of the key that creates it."
    ),
    scope="account:write",
    body=CreateApiKeyInput,
    answers={201: IssuedApiKeyOutput},
).operation
def handler(request: ApiRequest[CreateApiKeyInput]) -> Result:
    """The key, whose secret is shown this once."""
    return issued_key_reply(create_api_key(request.uow, wiring().api_keys, request.caller, request.body.key()))
