"""GET /memos: list memos."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.memos import MemoOutput, memo_output
from invoicing.api.queries.memos import MEMOS
from invoicing.api.query import read_query
from invoicing.domain.memos.memo import Memo
from invoicing.wiring import api


@api(
    "GET",
    "/memos",
    summary="List memos",
    description="Returns a page of memos, newest first.",
    scope="memos:read",
    lists=MEMOS,
    answers={200: list[MemoOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of memos."""
    asked = read_query(request.http.query_string, MEMOS)
    return list_result(request.http, asked, request.uow.page_of(Memo, asked.query), memo_output)
