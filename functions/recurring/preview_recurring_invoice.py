"""GET /recurring/{recurring_id}/preview: preview what a recurring invoice will make."""

from invoicing.api.app import ApiRequest, NoBody
from invoicing.api.envelope import Result, one_page
from invoicing.api.outputs.recurring import (
    ComingInvoiceOutput,
    ComingTotalsOutput,
    coming_invoice_output,
    coming_totals_output,
)
from invoicing.api.queries.recurring import PREVIEW, count_of
from invoicing.operations.recurring.preview_recurring_invoice import preview_recurring_invoice
from invoicing.wiring import api


@api(
    "GET",
    "/recurring/{recurring_id}/preview",
    summary="Preview a recurring invoice",
    description=(
        "The next dates and amounts, if nothing changes, with their totals in `meta`; "
        "of a paused schedule as if it were resumed now."
    ),
    scope="recurring:read",
    query=PREVIEW,
    answers={200: list[ComingInvoiceOutput]},
    more_meta={"totals": list[ComingTotalsOutput]},
    errors={422: "An invoice of these dates cannot be made any more: `details` say why."},
).operation
def handler(request: ApiRequest[NoBody]) -> Result:
    """The invoices to come."""
    recurring_id = request.http.parameters["recurring_id"]
    found = preview_recurring_invoice(request.uow, recurring_id, count_of(request.http.query_string))
    totals = coming_totals_output(draft for _, draft in found)
    data = [coming_invoice_output(*each) for each in found]
    return one_page(f"/recurring/{recurring_id}/preview", data, {"totals": totals})
