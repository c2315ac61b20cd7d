"""E-mail queue: send the e-mails that were asked for."""

from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from invoicing.operations.deliver_email import KINDS, MailRoom, deliver_email
from invoicing.wiring import start, wiring
from invoicing_documents.email import compose_email
from invoicing_documents.pdf import render_pdf

start()
logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@cache
def mail_room() -> MailRoom:
    """Everything it takes to send a document."""
    compose = partial(compose_email, sender=wiring().settings.email_sender)
    return MailRoom(documents=wiring().documents, render=render_pdf, compose=compose, mailer=wiring().mailer)


def deliver(record: SQSRecord) -> None:
    """Send one; raises when the queue shall give it again."""
    detail: dict[str, Any] = record.json_body["detail"]
    kind, delivery_id = KINDS[detail["data"]["object"]], detail["data"]["delivery_id"]
    done = deliver_email(wiring().work(detail["account"]), mail_room(), delivery_id, detail["resource_id"], kind)
    logger.info("delivery", delivery_id=done.id, status=done.status, failure=done.failure)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Send a batch; what failed is reported and comes again."""
    return dict(process_partial_response(event, deliver, processor, context))
