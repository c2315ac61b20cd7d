"""E-mail queue: send the e-mails that were asked for."""

import json
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger

from invoicing.operations.deliver_email import KINDS, MailRoom, deliver_email
from invoicing.wiring import start, wiring
from invoicing_documents.email import compose_email
from invoicing_documents.pdf import render_pdf

start()
logger = Logger()


@cache
def mail_room() -> MailRoom:
    """Everything it takes to send a document."""
    compose = partial(compose_email, sender=wiring().settings.email_sender)
    return MailRoom(documents=wiring().documents, render=render_pdf, compose=compose, mailer=wiring().mailer)


def is_done(record: dict[str, Any]) -> bool:
    """Send one; whether it is done with, or the queue shall give it again."""
    try:
        detail = json.loads(record["body"])["detail"]
        kind, delivery_id = KINDS[detail["data"]["object"]], detail["data"]["delivery_id"]
        done = deliver_email(wiring().work(detail["account"]), mail_room(), delivery_id, detail["resource_id"], kind)
    except Exception:
        logger.exception("not delivered", message_id=record["messageId"])
        return False
    logger.info("delivery", delivery_id=done.id, status=done.status, failure=done.failure)
    return True


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Send a batch; what failed is reported and comes again."""
    return {"batchItemFailures": [{"itemIdentifier": one["messageId"]} for one in event["Records"] if not is_done(one)]}
