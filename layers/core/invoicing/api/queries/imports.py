"""Lists of imports."""

from typing import get_args

from invoicing.api.outputs.imports import ImportOutput
from invoicing.api.query import CHOICE, INSTANT, RANGE, Filter, ListSpec, one_of
from invoicing.domain.imports.data_import import ImportStatus, ImportType
from invoicing.operations.lists.sort_texts import CREATED

IMPORTS = ListSpec(
    filters={
        "type": Filter(one_of(*get_args(ImportType)), CHOICE),
        "status": Filter(one_of(*ImportStatus), CHOICE),
        CREATED: Filter(INSTANT, RANGE),
    },
    sorts=(CREATED,),
    output=ImportOutput,
)
