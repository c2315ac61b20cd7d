"""Lists of exports."""

from typing import get_args

from invoicing.api.outputs.exports import ExportOutput
from invoicing.api.query import CHOICE, INSTANT, RANGE, Filter, ListSpec, one_of
from invoicing.domain.exports.export import ExportStatus, ExportType
from invoicing.operations.lists.sort_texts import CREATED

EXPORTS = ListSpec(
    filters={
        "type": Filter(one_of(*get_args(ExportType)), CHOICE),
        "status": Filter(one_of(*ExportStatus), CHOICE),
        CREATED: Filter(INSTANT, RANGE),
    },
    sorts=(CREATED,),
    output=ExportOutput,
)
