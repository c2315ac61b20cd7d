"""Lists of payments."""

from dataclasses import replace
from typing import get_args

from invoicing.api.outputs.payments import PaymentOutput
from invoicing.api.queries.expansions import PAYMENT_EXPANSIONS
from invoicing.api.query import CHOICE, CURRENCY, DATE, INSTANT, RANGE, TEXT, Filter, ListSpec, one_of
from invoicing.domain.payments.payment import CUSTOMER_CREDIT, Method, PaymentStatus
from invoicing.operations.lists.sort_texts import CREATED

PAYMENTS = ListSpec(
    filters={
        "invoice_id": Filter(TEXT, frozenset({"eq"})),
        "customer_id": Filter(TEXT, CHOICE),
        "status": Filter(one_of(*PaymentStatus), CHOICE),
        "currency": Filter(CURRENCY, CHOICE),
        "payment_method": Filter(one_of(*get_args(Method), CUSTOMER_CREDIT), CHOICE),
        "payment_date": Filter(DATE, RANGE, sorts="payment_date"),
        CREATED: Filter(INSTANT, RANGE),
    },
    sorts=(CREATED, "payment_date"),
    output=PaymentOutput,
    expands=PAYMENT_EXPANSIONS,
    aliases={"start_date": ("payment_date", "gte"), "end_date": ("payment_date", "lte")},
)
INVOICE_PAYMENTS = replace(
    PAYMENTS, expands=None, filters={name: known for name, known in PAYMENTS.filters.items() if name != "invoice_id"}
)
