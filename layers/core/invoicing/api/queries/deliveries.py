"""Lists of deliveries and suppressions."""

from typing import get_args

from invoicing.api.outputs.deliveries import DeliveryOutput, SuppressionOutput
from invoicing.api.query import CHOICE, INSTANT, RANGE, TEXT, Filter, ListSpec, ValueType, one_of
from invoicing.domain.deliveries.addresses import mailbox_of
from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.domain.deliveries.suppression import SuppressionReason
from invoicing.operations.lists.sort_texts import CREATED

ADDRESS = ValueType("an e-mail address", lambda value: mailbox_of(TEXT.read(value)), TEXT.schema)

DELIVERIES = ListSpec(
    filters={
        "status": Filter(one_of(*DeliveryStatus), CHOICE),
        "invoice_id": Filter(TEXT, frozenset({"eq"})),
        "payment_id": Filter(TEXT, frozenset({"eq"})),
        "statement_id": Filter(TEXT, frozenset({"eq"})),
        "recipient": Filter(ADDRESS, CHOICE),
        CREATED: Filter(INSTANT, RANGE),
    },
    sorts=(CREATED,),
    output=DeliveryOutput,
)

SUPPRESSIONS = ListSpec(
    filters={
        "address": Filter(ADDRESS, CHOICE),
        "reason": Filter(one_of(*get_args(SuppressionReason)), CHOICE),
    },
    sorts=(CREATED,),
    output=SuppressionOutput,
)
