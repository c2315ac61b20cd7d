"""Makes the tables that template.yaml describes."""

from typing import Any

from invoicing.storage.dynamodb.database import Database
from tests.template import read_template

NAMES = {table: f"test-{table}" for table in read_template().tables}


def create_tables(database: Database) -> None:
    resources = read_template().resources("AWS::DynamoDB::Table")
    for table, name in NAMES.items():
        described = resources[f"{table.title().replace('_', '')}Table"]["Properties"]
        request: dict[str, Any] = {"TableName": name, "BillingMode": described["BillingMode"]}
        parts = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")
        request |= {part: described[part] for part in parts if part in described}
        database.dispatch("CreateTable", request)
