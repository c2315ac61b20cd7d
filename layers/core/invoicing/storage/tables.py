"""Which deployed table each record lies in."""

from collections.abc import Mapping
from typing import Any

from invoicing.storage.api_keys import ApiKeyRecord
from invoicing.storage.event_records import EventRecord
from invoicing.storage.line_records import LineRecord
from invoicing.storage.records import RECORDS, MarkRecord


def name_tables(names: Mapping[str, str]) -> None:
    """Say which table each record lies in; ``names`` maps a record's ``table`` to the deployed table's name."""
    records: tuple[Any, ...] = (*RECORDS.values(), EventRecord, MarkRecord, LineRecord, ApiKeyRecord)
    for record in records:
        record.Meta.table_name = names[record.table]
