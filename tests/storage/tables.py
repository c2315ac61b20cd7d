"""Makes the tables that template.yaml describes."""

from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]

from invoicing.settings import TABLES
from invoicing.storage.database import Database

NAMES = {table: f"test-{table}" for table in TABLES}


class _Template(yaml.SafeLoader):  # type: ignore[misc]
    """CloudFormation's short functions are of no interest here."""


_Template.add_multi_constructor("!", lambda *_: None)


def create_tables(database: Database) -> None:
    template = Path(__file__).parents[2] / "template.yaml"
    resources = yaml.load(template.read_text(), Loader=_Template)["Resources"]  # noqa: S506
    for table, name in NAMES.items():
        described = resources[f"{table.title().replace('_', '')}Table"]["Properties"]
        request: dict[str, Any] = {"TableName": name, "BillingMode": "PAY_PER_REQUEST"}
        request |= {part: described[part] for part in ("AttributeDefinitions", "KeySchema")}
        database.dispatch("CreateTable", request)
