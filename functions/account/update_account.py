"""PATCH /account: change the account."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.accounts import UpdateAccountInput
from invoicing.api.outputs.accounts import ACCOUNT_LINKS, AccountOutput, account_output
from invoicing.operations.account._logo import LogoMaker
from invoicing.operations.account.update_account import update_account
from invoicing.wiring import api, wiring
from invoicing_documents.logo_image import logo_image


@api(
    "PATCH",
    "/account",
    summary="Update the account",
    description="Changes the fields that are sent. Issued documents keep what they say.",
    scope="account:write",
    body=UpdateAccountInput,
    answers={200: AccountOutput},
    errors={404: "The account of the API key no longer exists."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[UpdateAccountInput]) -> Result:
    """The changed account, in the mode of the key."""
    own = update_account(
        request.uow,
        request.body.values(),
        numbering=request.body.series(),
        page_url=request.page_url,
        if_version=request.http.if_version,
        logos=LogoMaker(lambda: wiring().objects, logo_image),
    )
    return Result(data=account_output(own), links=ACCOUNT_LINKS, version=own.account.version)
