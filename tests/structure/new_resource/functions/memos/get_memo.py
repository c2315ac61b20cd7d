"""GET /memos/{memo_id}: read a memo."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.memos import MemoOutput, memo_links, memo_output
from invoicing.domain.memos.memo import Memo
from invoicing.wiring import api


@api(
    "GET",
    "/memos/{memo_id}",
    summary="Retrieve a memo",
    description="Returns a memo.",
    scope="memos:read",
    answers={200: MemoOutput},
    etag=True,
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The memo."""
    memo = request.uow.get(Memo, request.http.parameters["memo_id"])
    return Result(data=memo_output(memo), links=memo_links(memo), version=memo.version)
