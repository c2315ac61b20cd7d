"""PATCH /account: change the account."""

from invoicing.api.app import Call
from invoicing.api.envelope import Reply
from invoicing.api.inputs.accounts import UpdateAccountInput
from invoicing.api.outputs.accounts import ACCOUNT_LINKS, AccountOutput, account_output
from invoicing.operations.update_account import update_account
from invoicing.wiring import api


@api("PATCH", "/account", scope="account:write", body=UpdateAccountInput, answers={200: AccountOutput}).operation
def handler(call: Call[UpdateAccountInput]) -> Reply:
    """The account as it is now, in the mode of the key."""
    own = update_account(
        call.work, call.body.values(), next_value=call.body.next_value(), if_version=call.request.if_version
    )
    return Reply(data=account_output(own), links=ACCOUNT_LINKS, version=own.account.version)
