"""GET /account/api-keys: list the API keys of this mode."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.api_keys import ApiKeyOutput, api_keys_reply
from invoicing.operations.account.list_api_keys import list_api_keys
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/account/api-keys",
    summary="List API keys",
    description="The keys of this mode, newest first, revoked and expired ones included.",
    scope="account:read",
    answers={200: list[ApiKeyOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """All keys, newest first, on one page."""
    return api_keys_reply(list_api_keys(request.uow, wiring().api_keys))
