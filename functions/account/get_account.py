"""GET /account: read the account."""

from invoicing.api.app import Call, NoBody
from invoicing.api.envelope import Reply
from invoicing.api.outputs.accounts import ACCOUNT_LINKS, AccountOutput, account_output
from invoicing.operations.get_account import get_account
from invoicing.wiring import api


@api("GET", "/account", scope="account:read", answers={200: AccountOutput}).operation
def handler(call: Call[NoBody]) -> Reply:
    """The account in the mode of the key."""
    own = get_account(call.work)
    return Reply(data=account_output(own), links=ACCOUNT_LINKS, version=own.account.version)
