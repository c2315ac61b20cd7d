import email
import io
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pypdf
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from invoicing.wiring import wiring
from tests.aws import Aws
from tests.http import call, load_handler, request
from tests.messages import message_of


def sent_message(aws: Aws, message_id: str = "m-1") -> dict[str, Any]:
    """The queue's message about the last invoice that was sent."""
    item = next(item for item in aws.items("events") if item["type"]["S"] == "invoice.sent")
    return message_of(item, message_id)


def deliver(*messages: dict[str, Any]) -> Any:
    """Ids of the messages that shall come again."""
    answer = load_handler("reactions/deliver_email")({"Records": list(messages)}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_the_invoice_goes_out_once_however_often_the_queue_says_it(
    aws: Aws, sent: Any, mails: list[dict[str, Any]]
) -> None:
    assert deliver(sent_message(aws), sent_message(aws, "m-2")) == []
    assert deliver(sent_message(aws)) == []
    (mail,) = mails
    assert mail["Destinations"] == ["ada@example.com"]
    message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
    assert message["To"] == "ada@example.com"
    assert sent["hosted_url"] in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    (attachment,) = message.iter_attachments()
    assert "INV-2024-001" in pypdf.PdfReader(io.BytesIO(attachment.get_content())).pages[0].extract_text()


def test_the_mail_service_is_given_domains_in_ascii(aws: Aws, key: str, sent: Any, mails: list[dict[str, Any]]) -> None:
    path = f"/invoices/{sent['id']}/send"
    body = {"to": "Kunde@straße.de", "bcc": ["kunde@müller.de"]}
    event = request("POST", path, body, key=key, parameters={"invoice_id": sent["id"]})
    assert call("invoices/send_invoice", event).status == 200
    (last,) = (item for item in aws.items("events") if item["type"]["S"] == "invoice.resent")
    assert deliver(message_of(last, "m-1")) == []
    assert [mail["Destinations"] for mail in mails] == [["Kunde@xn--strae-oqa.de"], ["kunde@xn--mller-kva.de"]]
    for mail in mails:
        message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
        assert (message["To"], message["Cc"], message["Bcc"]) == ("Kunde@xn--strae-oqa.de", None, None)


def test_each_mailbox_has_a_message_with_the_tag_of_its_delivery(
    aws: Aws, key: str, sent: Any, mails: list[dict[str, Any]]
) -> None:
    body = {"to": "a@x.example", "cc": ["b@x.example"], "bcc": ["c@x.example"]}
    event = request("POST", f"/invoices/{sent['id']}/send", body, key=key, parameters={"invoice_id": sent["id"]})
    assert call("invoices/send_invoice", event).status == 200
    (last,) = (item for item in aws.items("events") if item["type"]["S"] == "invoice.resent")
    assert deliver(message_of(last, "m-1")) == []
    deliveries = {item["sk"]["S"] for item in aws.items("deliveries")}
    ids: set[str] = set()
    for mail, recipient in zip(mails, ("a@x.example", "b@x.example", "c@x.example"), strict=True):
        assert mail["Destinations"] == [recipient]
        assert mail["ConfigurationSetName"] == aws.environment["EMAIL_CONFIGURATION_SET"]
        tags = {tag["Name"]: tag["Value"] for tag in mail["Tags"]}
        assert (tags["mode"], tags["account"]) == ("test", last["pk"]["S"].removesuffix("#test"))
        ids.add(tags["delivery"])
        message = email.message_from_bytes(mail["RawMessage"]["Data"], EmailMessage, policy=default)
        assert (message["To"], message["Cc"], message["Bcc"]) == ("a@x.example", "b@x.example", None)
        assert b"c@x.example" not in mail["RawMessage"]["Data"]
    assert len(ids) == 3
    assert ids <= deliveries


def test_a_service_that_is_busy_is_asked_again(aws: Aws, sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Any] = [_client_error("Throttling", 400), {"MessageId": "ses-1"}]

    def send(**_: Any) -> Any:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(wiring().mailer._client, "send_raw_email", send)
    assert deliver(sent_message(aws)) == ["m-1"]
    assert deliver(sent_message(aws)) == []
    assert answers == []


@pytest.mark.parametrize(
    "doubt", [ReadTimeoutError(endpoint_url="https://email.example"), None], ids=["time-out", "server error"]
)
def test_a_lost_answer_is_not_asked_for_again(
    aws: Aws, sent: Any, monkeypatch: pytest.MonkeyPatch, doubt: Exception | None
) -> None:
    asked = []

    def send(**request: Any) -> Any:
        asked.append(request)
        raise doubt or _client_error("InternalFailure", 500)

    monkeypatch.setattr(wiring().mailer._client, "send_raw_email", send)
    assert deliver(sent_message(aws)) == []
    assert deliver(sent_message(aws)) == []
    assert len(asked) == 1


def test_a_refusal_shows_on_the_invoices_timeline(aws: Aws, sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def send(**_: Any) -> Any:
        raise _client_error("MessageRejected", 400)

    monkeypatch.setattr(wiring().mailer._client, "send_raw_email", send)
    assert deliver(sent_message(aws)) == []
    assert "invoice.email_failed" in [item["type"]["S"] for item in aws.items("events")]


def test_one_bad_message_does_not_stop_the_others(aws: Aws, sent: Any, mails: list[dict[str, Any]]) -> None:
    broken = {"messageId": "m-0", "eventSource": "aws:sqs", "body": "{}"}
    assert deliver(broken, sent_message(aws)) == ["m-0"]
    assert len(mails) == 1


def _client_error(code: str, status: int) -> ClientError:
    answer: Any = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "SendRawEmail")
