"""GET /imports/{import_id}: read an import with its progress."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.imports import ImportWithErrorsOutput, import_links, import_with_errors_output
from invoicing.operations.imports.get_import import get_import
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/imports/{import_id}",
    summary="Read an import",
    description="Returns an import with its progress, and a link to the failed rows once it has ended.",
    scope="imports:read",
    answers={200: ImportWithErrorsOutput},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The import."""
    found = get_import(request.uow, request.http.parameters["import_id"])
    data = import_with_errors_output(found, wiring().objects, request.uow.real_now)
    return Result(data=data, links=import_links(found))
