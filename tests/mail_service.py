"""What SES reports of e-mails, as it reaches the queue: examples written after its documentation, in `mail_events/`."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from invoicing.domain.calendar import instant_text
from invoicing.messaging.mail_events import mail_report_of
from invoicing.operations.reactions.record_mail_events import MailReport

EXAMPLES = Path(__file__).parent / "mail_events"
"""Whole events of EventBridge's default bus, each of the delivery ``dlv_1`` of the account ``acc_1``."""

SIMULATOR = {
    "success@simulator.amazonses.com": ("delivery",),
    "bounce@simulator.amazonses.com": ("bounce",),
    "ooto@simulator.amazonses.com": ("delivery", "bounce_out_of_office"),
    "complaint@simulator.amazonses.com": ("delivery", "complaint"),
    "suppressionlist@simulator.amazonses.com": ("bounce_globally_suppressed",),
}
"""What SES reports of an e-mail to each address of its simulator, by the names of the examples."""


@cache
def _text(name: str) -> str:
    return (EXAMPLES / f"{name}.json").read_text()


def mail_event(name: str, delivery_id: str = "dlv_1", *, account: str = "acc_1", at: datetime | None = None) -> Any:
    """An example, of a delivery; ``at`` is the time of what it reports."""
    event = json.loads(_text(name))
    account_id, _, mode = account.partition("#")
    event["detail"]["mail"]["tags"] |= {"account": [account_id], "mode": [mode or "live"], "delivery": [delivery_id]}
    if at is not None:
        for said in event["detail"].values():
            if isinstance(said, dict) and "timestamp" in said:
                said["timestamp"] = instant_text(at)
    return event


def mail_report(name: str, delivery_id: str = "dlv_1", **changed: Any) -> MailReport:
    """An example as it is read."""
    return mail_report_of(json.dumps(mail_event(name, delivery_id, **changed)))


def mail_message(name: str, delivery_id: str = "dlv_1", *, message_id: str = "m-1", **changed: Any) -> dict[str, Any]:
    """The queue's message with an example."""
    body = json.dumps(mail_event(name, delivery_id, **changed))
    return {"messageId": message_id, "eventSource": "aws:sqs", "body": body}
