"""Reader of the ledger table's stream."""

from base64 import b64decode
from typing import Any

from invoicing.domain.ledger.entry import LedgerEntry
from invoicing.storage.kinds.ledger_entries import LedgerEntryRecord


def entries_of(batch: dict[str, Any]) -> list[LedgerEntry]:
    """Return the new ledger entries, each once and in order.

    The table also has the customers' credit and payouts, whose keys begin with a letter. In Lambda's events, binary
    values are in base64.
    """
    images = (record["dynamodb"]["NewImage"] for record in batch["Records"] if record["eventName"] == "INSERT")
    found = [
        LedgerEntryRecord.entity_of({"document": {"B": b64decode(image["document"]["B"])}})
        for image in images
        if image["sk"]["S"][0].isdigit()
    ]
    return list({entry.id: entry for entry in found}.values())
