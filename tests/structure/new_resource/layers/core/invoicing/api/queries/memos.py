"""Lists of memos."""

from invoicing.api.outputs.memos import MemoOutput
from invoicing.api.query import INSTANT, RANGE, Filter, ListSpec
from invoicing.operations.lists.sort_texts import CREATED

MEMOS = ListSpec(filters={CREATED: Filter(INSTANT, RANGE)}, sorts=(CREATED,), output=MemoOutput)
