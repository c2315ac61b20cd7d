"""What the tables of this deployment are called."""

from collections.abc import Mapping
from typing import Any

_deployed: dict[str, str] = {}


def name_tables(names: Mapping[str, str]) -> None:
    """Say what the tables of this deployment are called, each by its name in the settings."""
    _deployed.update(names)


def table_name(table: str) -> str:
    """What a table of this deployment is called."""
    return _deployed[table]


class TableName:
    """A `table_name` that PynamoDB finds in a record's ``Meta``."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __get__(self, _: Any, __: Any) -> str:
        return table_name(self.table)
