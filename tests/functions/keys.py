"""API keys as tests need them."""

from typing import Any

from invoicing.domain.access.caller import hash_of
from tests.aws import Aws

NEVER_USED_UP = 10**9


def change_key(aws: Aws, secret: str, **values: Any) -> None:
    """Set attributes of a key's item, such as ``requests_per_hour``."""
    aws.client("dynamodb").update_item(
        TableName=aws.environment["API_KEYS_TABLE"],
        Key={"pk": {"S": hash_of(secret)}},
        UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
        ExpressionAttributeNames={f"#{name}": name for name in values},
        ExpressionAttributeValues={
            f":{name}": {"N": str(value)} if isinstance(value, int) else {"S": value} for name, value in values.items()
        },
    )
