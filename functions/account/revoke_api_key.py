"""DELETE /account/api-keys/{key_id}: revoke an API key."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import NO_CONTENT, HttpResponse
from invoicing.operations.account.revoke_api_key import revoke_api_key
from invoicing.wiring import api, wiring


@api(
    "DELETE",
    "/account/api-keys/{key_id}",
    summary="Revoke an API key",
    description="No request with the key is accepted from then on. The key stays in the list.",
    scope="account:write",
    answers={204: None},
    errors={409: "The account would be left without a key that can manage keys."},
).operation
def handler(request: ApiRequest[NoBody]) -> HttpResponse:
    """The key is revoked; requests with it are refused from now on."""
    revoke_api_key(request.uow, wiring().api_keys, request.http.parameters["key_id"])
    return NO_CONTENT
