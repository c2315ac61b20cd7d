"""GET /imports: list imports."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.list_page import list_result
from invoicing.api.outputs.imports import ImportOutput, import_output
from invoicing.api.queries.imports import IMPORTS
from invoicing.api.query import read_query
from invoicing.operations.imports.list_imports import list_imports
from invoicing.wiring import api


@api(
    "GET",
    "/imports",
    summary="List imports",
    description="A page of imports, the newest first unless `sort` says otherwise.",
    scope="imports:read",
    lists=IMPORTS,
    answers={200: list[ImportOutput]},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """One page of imports."""
    asked = read_query(request.http.query_string, IMPORTS)
    return list_result(request.http, asked, list_imports(request.uow, asked.query), import_output)
