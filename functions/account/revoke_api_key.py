"""DELETE /account/api-keys/{key_id}: revoke an API key."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.account.revoke_api_key import revoke_api_key
from invoicing.wiring import api, wiring


@api("DELETE", "/account/api-keys/{key_id}", scope="account:write", answers={204: None}).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The key is revoked; requests with it are refused from now on."""
    revoke_api_key(request.uow, wiring().api_keys, request.http.parameters["key_id"])
    return NO_CONTENT
