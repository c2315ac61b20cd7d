"""Reader of the deliveries that wait for an endpoint."""

from datetime import datetime
from itertools import islice

from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.due_work import BY_DUE_WORK, end_of_instant, shard_of_webhook
from invoicing.storage.dynamodb.table_names import table_name


class DynamoWaitingDeliveries:
    """The deliveries that wait (`invoicing.operations.webhooks._ports.WaitingDeliveries`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, account: str, webhook_id: str, until: datetime, most: int) -> list[str]:
        """Return the ids of up to ``most`` that wait until an instant or before, the longest waiting first."""
        request = {
            "TableName": table_name("webhooks"),
            "IndexName": BY_DUE_WORK,
            "KeyConditionExpression": "due_shard = :shard AND due_at < :until",
            "ExpressionAttributeValues": {
                ":shard": {"S": shard_of_webhook(account, webhook_id)},
                ":until": {"S": end_of_instant(until)},
            },
            "Limit": most,
        }
        return [item["sk"]["S"] for item in islice(self._database.items(request), most)]
