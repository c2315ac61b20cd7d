"""What analytics.yaml promises, and the queries of docs/guide/analytics.md on events as the bus has them."""

import json
import random
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from invoicing import exact_json
from invoicing.domain.events.event import Event
from invoicing.domain.events.invoices import INVOICE_EMAIL_BOUNCED, INVOICE_EMAIL_DELIVERED
from invoicing.messaging.bus import SOURCE, detail_of
from invoicing.operations.credit_notes.void_credit_note import void_credit_note
from invoicing.operations.invoices.void_invoice import void_invoice
from invoicing.operations.reports._asked import ReportQuery
from invoicing.operations.reports.get_summary_report import get_summary_report
from tests.books import credit_note, issue, ledger_of, pay
from tests.builders import ACCOUNT, ACTOR, NOW, a_delivery, an_issued_invoice
from tests.operations.reports.reporting import open_office, post_all
from tests.template import ROOT, read_template
from tools.ministack import MiniStack, free_port
from tools.waiting import wait_until

ANALYTICS = read_template("analytics.yaml")
STREAM = ANALYTICS.content["Resources"]["DeliveryStream"]["Properties"]["ExtendedS3DestinationConfiguration"]
GUIDE = (ROOT / "docs/guide/analytics.md").read_text()
QUERIES = re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL)
DAY = timedelta(days=1)


def test_nothing_of_it_is_there_unless_it_is_asked_for() -> None:
    template = read_template().content
    assert template["Parameters"]["AnalyticsRetentionDays"]["Default"] == 0
    assert template["Conditions"]["HasAnalytics"] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "AnalyticsRetentionDays"}, 0]}]
    }
    conditional = {name for name, each in template["Resources"].items() if each.get("Condition") == "HasAnalytics"}
    assert conditional == {"Analytics"}


def test_the_nested_stack_gets_what_it_asks_for() -> None:
    nested = read_template().content["Resources"]["Analytics"]["Properties"]
    assert nested["Parameters"].keys() == ANALYTICS.content["Parameters"].keys()
    assert (ROOT / nested["TemplateURL"]).exists()


def test_every_event_goes_to_s3_or_to_the_dead_letters() -> None:
    (rule,) = ANALYTICS.resources("AWS::Events::Rule").values()
    (target,) = rule["Properties"]["Targets"]
    assert rule["Properties"]["EventPattern"] == {"source": [SOURCE]}
    assert target["DeadLetterConfig"] == {"Arn": {"Ref": "RuleDeadLetters"}}
    assert "InputTransformer" not in target
    (may_send,) = read_template().resources("AWS::SQS::QueuePolicy").values()
    assert "Analytics.Outputs.RuleArn" in str(may_send).replace("', '", ".")


def test_the_table_reads_what_firehose_writes() -> None:
    table = ANALYTICS.content["Resources"]["Table"]["Properties"]["TableInput"]
    prefix = STREAM["Prefix"]
    location = table["Parameters"]["storage.location.template"]["Fn::Sub"]
    assert location == "s3://${Bucket}/" + prefix.replace("!{timestamp:yyyy-MM-dd}", "${!day}")
    assert table["Parameters"]["projection.day.format"] == "yyyy-MM-dd"
    assert [key["Name"] for key in table["PartitionKeys"]] == ["day"]
    assert table["StorageDescriptor"]["SerdeInfo"]["Parameters"] == {"mapping.type": "detail-type"}
    assert STREAM["ProcessingConfiguration"] == {"Enabled": True, "Processors": [{"Type": "AppendDelimiterToRecord"}]}
    rules = ANALYTICS.content["Resources"]["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert {rule["Prefix"] for rule in rules} == {"events/", "errors/", "results/"}


def test_its_roles_may_do_no_more_than_they_name() -> None:
    roles = [role["Properties"] for role in ANALYTICS.resources("AWS::IAM::Role").values()]
    allowed = [each for role in roles for policy in role["Policies"] for each in policy["PolicyDocument"]["Statement"]]
    assert not any("*" in action for each in allowed for action in each["Action"])
    assert [each["Resource"] for each in allowed] == [
        {"Fn::GetAtt": ["DeliveryStream", "Arn"]},
        {"Fn::GetAtt": ["Bucket", "Arn"]},
        [{"Fn::Sub": f"${{Bucket.Arn}}/{folder}/*"} for folder in ("events", "errors")],
    ]
    assert all(role["AssumeRolePolicyDocument"]["Statement"][0]["Condition"] for role in roles)


@pytest.mark.nightly
def test_what_firehose_gets_is_in_the_bucket_and_the_table(tmp_path: Path) -> None:
    """On MiniStack, whose event bus sends nothing to Firehose, and whose Firehose writes each record by itself."""
    aws = MiniStack(tmp_path, free_port(), smtp_port=free_port())
    line = b'{"detail-type": "invoice.paid", "source": "invoicing", "detail": {"data": {"total": 18.36}}}'
    aws.start()
    try:
        bucket, stream = deploy(client(aws, "cloudformation"))
        s3, athena = client(aws, "s3"), client(aws, "athena")
        client(aws, "firehose").put_record(DeliveryStreamName=stream, Record={"Data": line})
        (written,) = wait_until(lambda: s3.list_objects_v2(Bucket=bucket).get("Contents"), 30, "the event")
        assert re.match(r"events/day=\d{4}-\d\d-\d\d/[^/]+$", written["Key"])
        assert s3.get_object(Bucket=bucket, Key=written["Key"])["Body"].read() == line
        asked = athena.start_query_execution(
            QueryString="SELECT count(*) FROM events",
            WorkGroup="invoicing",
            QueryExecutionContext={"Database": "invoicing"},
        )["QueryExecutionId"]
        wait_until(lambda: state(athena, asked) == "SUCCEEDED", 30, "the answer")
        _, answer = athena.get_query_results(QueryExecutionId=asked)["ResultSet"]["Rows"]
        assert answer == {"Data": [{"VarCharValue": "1"}]}
    finally:
        aws.stop()


def deploy(cloud: Any) -> list[str]:
    """Make a stack of analytics.yaml alone, and return its bucket and its delivery stream."""
    given = {"Stack": "invoicing", "EventBus": "default", "RuleDeadLetters": "arn:aws:sqs:us-east-1:0:a"}
    given |= {"AlarmTopicArn": "", "RetentionDays": "400"}
    cloud.create_stack(
        StackName="analytics",
        TemplateBody=(ROOT / "analytics.yaml").read_text(),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    cloud.get_waiter("stack_create_complete").wait(StackName="analytics", WaiterConfig={"Delay": 1})
    resources = cloud.list_stack_resources(StackName="analytics")["StackResourceSummaries"]
    names = {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in resources}
    return [names["Bucket"], names["DeliveryStream"]]


def client(aws: MiniStack, name: Any) -> Any:
    return aws.session().client(name, endpoint_url=aws.endpoint, config=aws.config())


def state(athena: Any, query: str) -> str:
    found: str = athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]["State"]
    return found


class MaxBy:
    """Trino's ``max_by(value, key)``."""

    def __init__(self) -> None:
        self.found: list[tuple[Any, Any]] = []

    def step(self, value: Any, key: Any) -> None:
        self.found.append((key, value))

    def finalize(self) -> Any:
        return max(self.found)[1]


class Percentile:
    """Trino's ``approx_percentile(value, share)``, exact."""

    def __init__(self) -> None:
        self.found: list[Any] = []

    def step(self, value: Any, share: float) -> None:
        self.found.append(value)
        self.share = share

    def finalize(self) -> Any:
        return sorted(self.found)[min(int(self.share * len(self.found)), len(self.found) - 1)]


def extracted(text: str, path: str) -> Any:
    value = json.loads(text)
    for name in path.removeprefix("$.").split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value if value is None else str(value)


def monday(unit: str, instant: str) -> str:
    assert unit == "week"
    day = datetime.fromisoformat(instant).date()
    return (day - day.weekday() * DAY).isoformat()


def days_between(unit: str, first: str, last: str) -> int:
    assert unit == "day"
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def answers(place: int, events: Iterable[Event]) -> list[Any]:
    """Rows of a query of the guide, when every event arrived twice and in any order; SQLite stands in for Athena."""
    arrived = [*events] * 2
    random.Random(len(arrived)).shuffle(arrived)
    with closing(sqlite3.connect(":memory:")) as database:
        stand_in(database)
        rows = [
            (each.type, exact_json.dumps(detail_of(each)).decode(), str(each.occurred_at.date())) for each in arrived
        ]
        database.executemany("INSERT INTO events VALUES (?, ?, ?)", rows)
        return database.execute(QUERIES[place].replace("acc_…", ACCOUNT)).fetchall()


def stand_in(database: sqlite3.Connection) -> None:
    """Give it the table, and what Athena knows and SQLite does not."""
    database.create_function("json_extract_scalar", 2, extracted)
    database.create_function("from_iso8601_timestamp", 1, lambda text: text)
    database.create_function("date_trunc", 2, monday)
    database.create_function("date_diff", 3, days_between)
    database.create_aggregate("max_by", 2, MaxBy)  # type: ignore[arg-type]
    database.create_aggregate("approx_percentile", 2, Percentile)  # type: ignore[arg-type]
    database.execute("CREATE TABLE events (type, detail, day)")


def test_revenue_is_that_of_the_report() -> None:
    office, store, totals = open_office()
    pay(office, issue(office, "100"), "40")
    credit_note(office, issue(office, "1000"))
    paid = issue(office, "500")
    pay(office, paid, "500")
    voided = credit_note(office, paid)
    office.run_use_case(lambda uow: void_credit_note(uow, voided.id, None, ledger_of(office)))
    for has_note in (False, True):
        invoice = issue(office, "7")
        office.run_use_case(partial(void_invoice, invoice_id=invoice.id, reason=None, credit_note=has_note))
    post_all(office, store)
    period = ReportQuery(start=NOW.date(), end=NOW.date())
    summary = get_summary_report(office.uow(), period, totals).rows
    (revenue,) = [row.flows.revenue.gross for row in summary if row.row.conversion is None]
    found = answers(0, store.events.values())
    assert found == [(NOW.date().isoformat()[:7], "USD", 5, 1614, 1014, revenue / 100)]


@pytest.mark.parametrize("of_other", [{"account": "acc_other"}, {"account": f"{ACCOUNT}#test"}])
def test_bounces_are_counted_by_week_and_those_of_others_are_not(of_other: dict[str, str]) -> None:
    def event(number: int, kind: Any, at: datetime, **changes: str) -> Event:
        invoice, delivery = an_issued_invoice(), a_delivery(id=f"dlv_{number}", failure="no such mailbox")
        data = kind.summary(invoice, delivery=delivery)
        about = {"account": ACCOUNT, "id": f"evt_{number}{kind.name}"} | changes
        return Event(
            **about, type=kind.name, resource_id="inv_1", sequence=number, actor=ACTOR, occurred_at=at, data=data
        )

    start = NOW - NOW.weekday() * DAY
    events = [event(number, INVOICE_EMAIL_DELIVERED, start + number * DAY) for number in range(9)]
    events += [event(number, INVOICE_EMAIL_BOUNCED, start + number * DAY) for number in (1, 2, 8)]
    events.append(event(9, INVOICE_EMAIL_BOUNCED, start, **of_other))
    weeks = [(start + weeks * 7 * DAY).date().isoformat() for weeks in range(2)]
    assert answers(1, events) == [(weeks[0], 7, 2), (weeks[1], 2, 1)]


def test_time_to_payment_is_from_issue_to_the_last_part() -> None:
    office, store, _ = open_office()
    for days in (3, 10, 20):
        office.now = NOW
        invoice = issue(office, "100")
        pay(office, invoice, "40")
        office.now = NOW + days * DAY
        pay(office, invoice, "60")
    issue(office, "5")
    month = NOW.date().isoformat()[:7]
    assert answers(2, store.events.values()) == [(month, 3, 11.0, 10, 20)]
