"""GET /account/api-keys: list the API keys of this mode."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.api_keys import ApiKeyOutput, api_keys_reply
from invoicing.operations.list_api_keys import list_api_keys
from invoicing.wiring import api, wiring


@api("GET", "/account/api-keys", scope="account:read", answers={200: list[ApiKeyOutput]}).operation
def handler(call: Call[NoBody]) -> Reply:
    """All keys, newest first, on one page."""
    return api_keys_reply(list_api_keys(call.work, wiring().api_keys))
