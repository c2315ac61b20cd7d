"""GET /account/numbering/audit: check that invoice numbers have no gaps and no duplicates."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result
from invoicing.api.outputs.accounts import NumberingAuditOutput, audit_result
from invoicing.operations.account.audit_numbering import audit_numbering
from invoicing.wiring import api, wiring


@api(
    "GET",
    "/account/numbering/audit",
    summary="Audit the numbering",
    description=(
        "Checks all numbers that the series assigned for gaps and duplicates. It reads every number, so its "
        "cost grows with them."
    ),
    scope="account:read",
    answers={200: NumberingAuditOutput},
    errors={404: "The account of the API key no longer exists."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """Each period of the series; reads every number that is taken, and costs in proportion to them."""
    return audit_result(audit_numbering(request.uow, wiring().numbers))
