"""GET /account/numbering/audit: check assigned numbers for gaps and duplicates, and against their dates."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.accounts import NumberingAuditOutput, audit_result
from invoicing.api.queries.numbering import AUDIT, audit_query, write_position
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/account/numbering/audit",
    summary="Audit the numbering",
    description=(
        "Checks the numbers that the series assigned, or that one of them did, for gaps and duplicates, and whether "
        "their order is that of the issue dates. A response covers up to 5,000 numbers; follow `links.next` for the "
        "rest."
    ),
    scope="account:read",
    query=AUDIT,
    answers={200: NumberingAuditOutput},
    errors={
        400: "The query is not valid.",
        404: "There is no such series, or the account of the API key no longer exists.",
    },
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """Each period of the series, or a part of it; reads the series, then up to 5,000 numbers."""
    asked = audit_query(request.http.query_string)
    part = audit_numbering(request.uow, wiring().numbers, **asked._asdict())
    return audit_result(part, asked, write_position(part.end))
