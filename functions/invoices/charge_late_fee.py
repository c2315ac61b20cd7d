"""POST /invoices/{invoice_id}/late-fees: charge an invoice for being paid late."""

from invoicing.api.app import ApiRequest
from invoicing.api.envelope import Result
from invoicing.api.inputs.late_fees import ChargeLateFeeInput
from invoicing.api.outputs.invoice_links import invoice_links
from invoicing.api.outputs.invoices import InvoiceOutput, invoice_output
from invoicing.operations.account._own_account import own_today
from invoicing.operations.invoices.charge_late_fee import charge_late_fee
from invoicing.wiring import api


@api(
    "POST",
    "/invoices/{invoice_id}/late-fees",
    summary="Charge a late fee",
    description=(
        "Issues an invoice for all late fees of an invoice that can be charged today, also of one that was paid late. "
        "The late invoice stays as it is. It is mailed unless `send_email` is false or the customer has no address."
    ),
    scope="invoices:write",
    body=ChargeLateFeeInput,
    answers={201: InvoiceOutput},
    errors={409: "There is nothing to charge; the message says why. Or today is in a locked period."},
    etag=True,
    if_match=True,
).operation
def handler(request: ApiRequest[ChargeLateFeeInput]) -> Result:
    """The invoice of the late fees."""
    invoice = charge_late_fee(
        request.uow,
        request.http.parameters["invoice_id"],
        request.body.charged(),
        send_email=request.body.send_email,
        page_url=request.page_url,
        if_version=request.http.if_version,
    )
    links = invoice_links(invoice)
    data = invoice_output(invoice, request.api_url, own_today(request.uow))
    return Result(status=201, data=data, links=links, version=invoice.version, location=links["self"])
