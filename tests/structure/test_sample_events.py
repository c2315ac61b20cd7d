"""The sample events of events/, each given to its function; the business they speak of is there."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from moto.ses.models import ses_backends

from invoicing import exact_json
from invoicing.api.request import BASE_PATH
from tests.aws import AWS_ACCOUNT, REGION, Aws
from tests.http import HOST, Response, call, load_handler
from tests.prepared import prepared
from tests.sample_business import (
    API_KEY,
    kept_events,
    open_sample_business,
    pay_sample_business,
    settle_sample_business,
)
from tests.structure.project import sample_events
from tools.openapi import NO_PATH, document, operations

SAMPLES = sample_events()
OPERATIONS = {operation.file: operation for operation in operations()}
EVENT = SAMPLES["reactions/publish_events"]["Records"][0]["dynamodb"]["NewImage"]
FROM_BUS = json.loads(SAMPLES["reactions/deliver_email"]["Records"][0]["body"])


@pytest.fixture
@prepared
def business(aws: Aws) -> Aws:
    """AWS with the account, the customer and the sent invoice that the samples name."""
    open_sample_business()
    return aws


@pytest.fixture
@prepared
def settled(business: Aws) -> Aws:
    """The same with an invoice that was written off and paid, and one that is paid."""
    settle_sample_business()
    pay_sample_business()
    return business


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    return document(operations())


@pytest.mark.parametrize("file", [file for file in OPERATIONS if OPERATIONS[file].app.path != NO_PATH])
def test_a_sample_request_succeeds_as_documented(file: str, settled: Aws, content: dict[str, Any]) -> None:
    app = OPERATIONS[file].app
    if file.startswith("webhooks/"):
        settled.client("sqs").create_queue(QueueName=settled.environment["WEBHOOKS_QUEUE"].rpartition("/")[2])
    answer = call(file, SAMPLES[file])
    assert answer.status in OPERATIONS[file].answers, answer.body
    described = content["paths"][app.path][app.method.lower()]
    if body := SAMPLES[file].get("body"):
        sent = described["requestBody"]["content"]["application/json"]["schema"]
        assert mismatches(content, sent, exact_json.loads(body)) == []
    assert mismatches_of_answer(content, described["responses"][str(answer.status)], answer) == []
    assert unnamed_links(content, described["responses"][str(answer.status)], answer) == []


def test_a_line_with_several_taxes_is_answered_as_documented(business: Aws, content: dict[str, Any]) -> None:
    sample = SAMPLES["invoices/create_invoice"]
    body = json.loads(sample["body"]) | {"taxes": [{"name": "GST", "rate": "0.05"}, {"name": "PST", "rate": "0.07"}]}
    for line in body["items"]:
        line.pop("tax_rate", None)
    body.pop("tax_rate", None)
    answer = call("invoices/create_invoice", sample | {"body": json.dumps(body)})
    assert answer.data["items"][0]["tax_rate"] is None
    described = content["paths"]["/invoices"]["post"]["responses"]["201"]
    assert mismatches_of_answer(content, described, answer) == []


def unnamed_links(content: Mapping[str, Any], described: Mapping[str, Any], answer: Response) -> list[str]:
    """The links of an answer that its schema does not name, or that lead elsewhere than it says."""
    schema = described.get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" not in schema:
        return []
    envelope = content["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    name = envelope["properties"]["links"]["$ref"].rpartition("/")[2]
    named = content["components"]["schemas"][name]["properties"]
    return [link for link, url in answer.json["links"].items() if link not in named or not _leads(named[link], url)]


def _leads(named: Mapping[str, Any], url: str | None) -> bool:
    """Whether an address is of the operation that the description of a link names; a page of a list names none."""
    said = re.search(r"`[A-Z]+ (/\S+)`", named["description"])
    path = (url or "").removeprefix(f"https://{HOST}{BASE_PATH}").partition("?")[0]
    return url is None or said is None or re.fullmatch(re.sub(r"{\w+}", "[^/]+", said[1]), path) is not None


def mismatches_of_answer(content: Mapping[str, Any], described: Mapping[str, Any], answer: Response) -> list[str]:
    """Where an answer is other than documented."""
    found = [f"no header {name}" for name in described["headers"] if _is_lacking(name, answer)]
    if not described.get("content"):
        return found
    media_type = answer.headers["Content-Type"].partition(";")[0]
    if media_type not in described["content"]:
        return [*found, f"{media_type} is not documented"]
    if media_type != "application/json":
        return found
    found += [
        f"{name} is not documented"
        for name in {"ETag", "Location", "Allow"} & answer.headers.keys()
        if name not in described["headers"]
    ]
    return found + mismatches(content, described["content"][media_type]["schema"], answer.json)


def _is_lacking(header: str, answer: Response) -> bool:
    return header not in answer.headers and header != "Idempotent-Replayed"


def mismatches(content: Mapping[str, Any], schema: Mapping[str, Any], value: Any) -> list[str]:
    """Where a value breaks its schema, or has fields that it does not name."""
    validator = Draft202012Validator({"components": content["components"], **schema})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def test_mismatches_are_found(content: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/CreateInvoiceInput"}
    assert mismatches(content, schema, {"customer_id": "cust_1"}) == ["$: 'items' is a required property"]
    described = content["paths"]["/customers/{customer_id}"]["get"]["responses"]["200"]
    answer = Response(200, {"Content-Type": "text/plain"}, b"")
    found = mismatches_of_answer(content, described, answer)
    assert "no header ETag" in found
    assert "text/plain is not documented" in found
    described = content["paths"]["/customers"]["get"]["responses"]["200"]
    answer = Response(200, {"Content-Type": "application/json", "ETag": "v1"}, b"{}")
    assert "ETag is not documented" in mismatches_of_answer(content, described, answer)


def test_unnamed_links_are_found(content: dict[str, Any]) -> None:
    described = content["paths"]["/customers/{customer_id}"]["get"]["responses"]["200"]
    own = f"https://{HOST}{BASE_PATH}/customers/cust_1"
    for links, wrong in (
        ({"self": own, "balance": f"{own}/balance", "restore": None}, []),
        ({"self": own, "moon": own, "balance": f"{own}/statement"}, ["moon", "balance"]),
    ):
        answer = Response(200, {}, json.dumps({"links": links}).encode())
        assert unnamed_links(content, described, answer) == wrong


def test_an_unknown_route_is_not_found(aws: Aws, content: dict[str, Any]) -> None:
    answer = call("pages/route_not_found", SAMPLES["pages/route_not_found"])
    assert (answer.status, answer.error["code"]) == (404, "ROUTE_NOT_FOUND")
    assert mismatches_of_answer(content, content["components"]["responses"]["NotFound"], answer) == []


def test_an_account_is_made(aws: Aws) -> None:
    made = load_handler("account/create_account")(SAMPLES["account/create_account"], None)
    assert made["api_key"].startswith("sk_test_")
    assert sorted(item["sk"]["S"] for item in aws.items("accounts")) == ["api_keys", "profile", "profile"]


def test_an_event_is_published(business: Aws) -> None:
    receive = _listen(business)
    load_handler("reactions/publish_events")(SAMPLES["reactions/publish_events"], None)
    (published,) = receive()
    wanted = ("source", "detail-type", "detail")
    assert {name: published[name] for name in wanted} == {name: FROM_BUS[name] for name in wanted}


def test_an_email_is_delivered(business: Aws) -> None:
    answer = load_handler("reactions/deliver_email")(SAMPLES["reactions/deliver_email"], None)
    assert answer == {"batchItemFailures": []}
    (mail,) = ses_backends[AWS_ACCOUNT][REGION].sent_messages
    assert "customer@example.com" in mail.destinations


def test_what_the_mail_service_reports_is_recorded(business: Aws) -> None:
    answer = load_handler("reactions/record_mail_events")(SAMPLES["reactions/record_mail_events"], None)
    assert answer == {"batchItemFailures": []}
    assert {item["sk"]["S"] for item in business.items("deliveries")} >= {"suppression#customer@example.com"}
    assert "invoice.email_bounced" in {item["type"]["S"] for item in business.items("events")}


def test_what_was_told_is_counted(business: Aws) -> None:
    answer = load_handler("reactions/update_totals")(SAMPLES["reactions/update_totals"], None)
    assert answer == {"batchItemFailures": []}
    totals = {
        item["sk"]["S"]: json.loads(item["counted"]["S"]) for item in business.items("totals") if "counted" in item
    }
    assert totals == {
        "invoices": {"": 1, "status=sent": 1, "currency=USD": 1},
        "invoices#customer_id=cust_123": {"": 1},
    }


def test_what_was_told_is_found(business: Aws) -> None:
    answer = load_handler("reactions/update_search")(SAMPLES["reactions/update_search"], None)
    assert answer == {"batchItemFailures": []}
    found = {item["sk"]["S"].split("\x1f")[0] for item in business.items("search") if "words" not in item}
    assert {"Invoice#inv-2025-001", "Invoice#2025"} <= found


def test_the_sample_of_the_stream_is_what_is_stored(business: Aws) -> None:
    assert kept_events(business)["invoice.sent"] == EVENT


def test_samples_carry_the_key_that_is_only_for_samples() -> None:
    keys = {event["headers"].get("authorization") for event in SAMPLES.values() if "headers" in event}
    assert keys == {None, f"Bearer {API_KEY}"}


def _listen(aws: Aws) -> Callable[[], list[Any]]:
    """What comes over the bus from now on."""
    sqs, events, bus = aws.client("sqs"), aws.client("events"), aws.environment["EVENT_BUS"]
    url = sqs.create_queue(QueueName="all-events")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="all-events", EventBusName=bus, EventPattern='{"source": ["invoicing"]}')
    events.put_targets(Rule="all-events", EventBusName=bus, Targets=[{"Id": "queue", "Arn": arn}])

    def receive() -> list[Any]:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"]) for message in messages]

    return receive
