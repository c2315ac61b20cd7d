"""Picks accounts from a random place of their table."""

import secrets

from invoicing.storage.dynamodb.database import Database
from invoicing.storage.kinds.accounts import AccountRecord

AT_ONCE = 500
"""Items that one request looks at: profiles, and what else an account has in the table."""

MOST_REQUESTS = 4


class DynamoAccountSample:
    """The accounts of both modes (`invoicing.operations.reports._ports.AccountSample`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def some(self, most: int) -> list[str]:
        """Return up to so many tenant partitions; at most `MOST_REQUESTS`, however many there are.

        A scan goes by the hash of the keys, so that any key is as good a place to begin as another. Behind the last
        item it goes on with the first.
        """
        pk, sk = AccountRecord.key(f"acc_{secrets.token_hex(16)}", "")
        request = {
            "TableName": AccountRecord.Meta.table_name,
            "FilterExpression": "sk = :profile",
            "ExpressionAttributeValues": {":profile": {"S": sk}},
            "ProjectionExpression": "pk",
            "Limit": AT_ONCE,
            "ExclusiveStartKey": {"pk": {"S": pk}, "sk": {"S": sk}},
        }
        found: dict[str, None] = {}
        for _ in range(MOST_REQUESTS):
            answer = self._database.dispatch("Scan", request)
            found |= dict.fromkeys(item["pk"]["S"] for item in answer["Items"])
            if len(found) >= most:
                break
            request.pop("ExclusiveStartKey", None)
            if "LastEvaluatedKey" in answer:
                request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return list(found)[:most]
