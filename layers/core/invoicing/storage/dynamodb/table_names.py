"""Names of the tables of this deployment."""

from collections.abc import Mapping
from typing import Any

_deployed: dict[str, str] = {}


def name_tables(names: Mapping[str, str]) -> None:
    """Set the names of the tables, each by its name in the settings."""
    _deployed.update(names)


def table_name(table: str) -> str:
    """Return the name of a table."""
    return _deployed[table]


class TableName:
    """A `table_name` that PynamoDB finds in a record's ``Meta``."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __get__(self, _: Any, __: Any) -> str:
        return table_name(self.table)
