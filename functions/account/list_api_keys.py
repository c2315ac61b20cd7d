"""GET /account/api-keys: list the API keys of this mode."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.api_keys import ApiKeyOutput, api_key_output
from invoicing.api.queries.api_keys import API_KEYS
from invoicing.api.query import read_query
from invoicing.domain.access.api_key import ApiKey
from invoicing.wiring import api


@api(
    "GET",
    "/account/api-keys",
    summary="List API keys",
    description="The keys of this mode, newest first, revoked and expired ones included.",
    scope="account:read",
    lists=API_KEYS,
    answers={200: list[ApiKeyOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of API keys, revoked and expired ones among them."""
    asked = read_query(request.http.query_string, API_KEYS)
    return list_result(request.http, asked, request.uow.page_of(ApiKey, asked.query), api_key_output)
