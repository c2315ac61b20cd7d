"""GET /account: read the account."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.accounts import ACCOUNT_LINKS, AccountOutput, account_output
from invoicing.operations.account.get_account import get_account
from invoicing.wiring import api


@api(
    "GET",
    "/account",
    summary="Read the account",
    description="The account in the mode of the key: test and live have settings of their own.",
    scope="account:read",
    answers={200: AccountOutput},
    errors={404: "The account of the API key no longer exists."},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The account in the mode of the key."""
    own = get_account(request.uow)
    return Result(data=account_output(own), links=ACCOUNT_LINKS, version=own.account.version)
