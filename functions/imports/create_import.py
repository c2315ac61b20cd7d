"""POST /imports: import customers or invoices of another system."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.imports import CreateImportInput
from invoicing.api.outputs.imports import ImportOutput, import_links, import_output
from invoicing.operations.imports.create_import import create_import
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/imports",
    summary="Import customers or invoices",
    description=(
        "Imports the rows of a file, or of `data`, in the background; it begins within five minutes, and "
        "`GET /imports/{import_id}` tells its progress. "
        "With `dry_run` all rows are checked, and nothing is written."
    ),
    scope="imports:write",
    body=CreateImportInput,
    answers={202: ImportOutput},
    errors={409: "Another import of the account is under way; `existing_resource` is its URL."},
).operation
def handler(request: ApiRequest[CreateImportInput]) -> Result:
    """The import before its first row."""
    new = request.body.new_import()
    made = create_import(request.uow, new, wiring().objects, page_url=request.page_url)
    return Result(status=202, data=import_output(made), links=import_links(made))
