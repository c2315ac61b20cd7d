"""POST /memos: create a memo."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.memos import CreateMemoInput
from invoicing.api.outputs.memos import MemoOutput, memo_links, memo_output
from invoicing.operations.memos.create_memo import create_memo
from invoicing.wiring import api


@api(
    "POST",
    "/memos",
    summary="Create a memo",
    description="Writes a short text down.",
    scope="memos:write",
    body=CreateMemoInput,
    answers={201: MemoOutput},
    etag=True,
).operation
def handler(request: ApiRequest[CreateMemoInput]) -> Result:
    """The memo as stored."""
    memo = create_memo(request.uow, request.body.text)
    links = memo_links(memo)
    return Result(status=201, data=memo_output(memo), links=links, version=memo.version, location=links["self"])
