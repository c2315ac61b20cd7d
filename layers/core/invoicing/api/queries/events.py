"""Timelines: lists of events."""

from invoicing.api.outputs.events import EventOutput
from invoicing.api.query import CHOICE, INSTANT, RANGE, TEXT, Filter, ListSpec
from invoicing.operations.lists.sort_texts import CREATED

TIMELINE = ListSpec(
    filters={"type": Filter(TEXT, CHOICE), CREATED: Filter(INSTANT, RANGE)}, sorts=(CREATED,), output=EventOutput
)
