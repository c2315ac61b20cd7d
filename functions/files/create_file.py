"""POST /files: declare a file, and get a form that uploads it."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.files import CreateFileInput
from invoicing.api.outputs.files import DeclaredFileOutput, declared_file_output, file_links
from invoicing.operations.files.create_file import create_file
from invoicing.wiring import api, wiring


@api(
    "POST",
    "/files",
    summary="Create a file",
    description=(
        "Answers with a form that uploads the content within 15 minutes. "
        "The content is checked when the file is first used."
    ),
    scope="files:write",
    body=CreateFileInput,
    answers={201: DeclaredFileOutput},
).operation
def handler(request: ApiRequest[CreateFileInput]) -> Result:
    """The file and its form."""
    declared = create_file(request.uow, request.body.file(), wiring().objects)
    links = file_links(declared.file)
    return Result(status=201, data=declared_file_output(declared), links=links, location=links["self"])
