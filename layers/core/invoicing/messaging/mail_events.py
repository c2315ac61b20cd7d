"""The reports of SES, as its events reach a queue through EventBridge's default bus."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from invoicing import exact_json
from invoicing.domain.access.caller import partition
from invoicing.domain.deliveries.mail_event import (
    MailEvent,
    bounce_event,
    complaint_event,
    delay_event,
    delivery_event,
    reject_event,
)
from invoicing.messaging.reaction import MessageFormat
from invoicing.operations.reactions.record_mail_events import MailReport

EVENT_TYPES = ("delivery", "deliveryDelay", "bounce", "complaint", "reject")
"""What the configuration set publishes."""


def mail_report_of(body: str) -> MailReport:
    """Read the report of a message; `KeyError`, `ValueError` for anything else.

    Each message has one recipient, so that what is said of recipients is said of that one, whatever its address is
    called there: mail is forwarded.
    """
    detail = exact_json.loads(body)["detail"]
    mail = detail["mail"]
    tags = {name: values[0] for name, values in mail["tags"].items() if values}
    return MailReport(
        account=partition(tags["account"], "live" if tags["mode"] == "live" else "test"),
        delivery_id=tags["delivery"],
        message_id=mail["messageId"],
        event=_event_of(detail, mail),
    )


def _event_of(detail: Mapping[str, Any], mail: Mapping[str, Any]) -> MailEvent:
    """Read what happened; a rejection has no time but that of the message."""
    match detail["eventType"]:
        case "Delivery":
            return delivery_event(_at(detail["delivery"]))
        case "DeliveryDelay":
            said = detail["deliveryDelay"]
            return delay_event(_at(said), said["delayType"], _code(said["delayedRecipients"]))
        case "Bounce":
            said = detail["bounce"]
            return bounce_event(_at(said), said["bounceType"], said["bounceSubType"], _code(said["bouncedRecipients"]))
        case "Complaint":
            said = detail["complaint"]
            return complaint_event(_at(said), said.get("complaintSubType"), said.get("complaintFeedbackType"))
        case "Reject":
            return reject_event(_at(mail))
        case other:
            raise ValueError(f"no report: {other}")


def _at(said: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(said["timestamp"])


def _code(recipients: list[dict[str, Any]]) -> str | None:
    """Return the enhanced status code, which the recipient's server need not give."""
    return next((code.strip() for recipient in recipients if (code := recipient.get("status"))), None)


MAIL_REPORTS = MessageFormat(
    mail_report_of, lambda report: {"delivery_id": report.delivery_id, "mail_event": report.event.type}
)
"""Messages with a report of SES."""
