"""What template.yaml tells operators: alarms, the dashboard, and logs that hold no secret."""

import io
import json
import logging
import re
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger

from invoicing.domain.deliveries.delivery import DeliveryStatus
from invoicing.log import counted
from tests.template import Template, read_template

LOGGED = {
    "requestId",
    "requestTime",
    "routeKey",
    "status",
    "responseLength",
    "responseLatency",
    "integrationErrorMessage",
}
"""Neither a path, which is the secret of a public page, nor an address, which may be a recipient's."""


def test_the_access_log_holds_no_secret_and_no_address() -> None:
    api = read_template().resources("AWS::Serverless::HttpApi")["Api"]["Properties"]
    line = api["AccessLogSettings"]["Format"]
    assert set(re.findall(r"\$context\.([\w.]+)", line)) == LOGGED
    assert json.loads(line).keys() >= {"route", "status", "latency_ms"}


def unwatched(template: Template) -> list[str]:
    """Queues without an alarm: on any message where dead letters are, elsewhere on the age of the oldest."""
    queues = template.resources("AWS::SQS::Queue")
    watched = {
        (alarm["Properties"]["MetricName"], dimension["Value"]["Fn::GetAtt"][0])
        for alarm in template.resources("AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Properties"]["Dimensions"]
        if dimension["Name"] == "QueueName"
    }
    wanted = {
        name: "ApproximateAgeOfOldestMessage"
        if "RedrivePolicy" in queue["Properties"]
        else "ApproximateNumberOfMessagesVisible"
        for name, queue in queues.items()
    }
    return [name for name, metric in wanted.items() if (metric, name) not in watched]


def test_every_queue_is_watched() -> None:
    assert unwatched(read_template()) == []


def test_unwatched_finds_a_queue() -> None:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": {}}}
    of_letters = [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["Letters", "QueueName"]}}]
    alarm = {"MetricName": "ApproximateNumberOfMessagesVisible", "Dimensions": of_letters}
    resources = {
        "Work": queue,
        "Letters": {"Type": "AWS::SQS::Queue", "Properties": {}},
        "Lost": {"Type": "AWS::SQS::Queue", "Properties": {}},
        "AnAlarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": alarm},
    }
    assert unwatched(Template({"Resources": resources})) == ["Work", "Lost"]


def test_every_alarm_tells_the_topic() -> None:
    alarms = [alarm["Properties"] for alarm in read_template().resources("AWS::CloudWatch::Alarm").values()]
    topics = [{"Fn::If": ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}], {"Ref": "AWS::NoValue"}]}]
    assert [alarm["AlarmDescription"] for alarm in alarms if alarm["AlarmActions"] not in topics] == []
    assert {alarm["TreatMissingData"] for alarm in alarms} == {"notBreaching"}


def test_the_alarm_on_unconfirmed_emails_watches_the_metric_that_is_written() -> None:
    alarm = read_template().resources("AWS::CloudWatch::Alarm")["EmailUnconfirmedAlarm"]["Properties"]
    service = {"service": read_template().environment["POWERTOOLS_SERVICE_NAME"]}
    said = {"reaction": "deliver_email", "outcome": str(DeliveryStatus.UNCONFIRMED)}
    line = service | said | counted("Reactions", "reaction", "outcome")
    (described,) = line["_aws"]["CloudWatchMetrics"]
    assert (alarm["Namespace"], alarm["MetricName"]) == (described["Namespace"], described["Metrics"][0]["Name"])
    watched = {item["Name"]: read_template().value(item["Value"]) for item in alarm["Dimensions"]}
    assert watched == {name: line[name] for name in described["Dimensions"][0]}


def test_whatever_asks_for_an_email_gets_one() -> None:
    """A list of types would lack the next one, whose e-mails nobody would miss."""
    pattern = read_template().resources("AWS::Events::Rule")["EmailRule"]["Properties"]["EventPattern"]
    assert pattern == {"detail": {"data": {"email_requested": [True]}}}


def test_the_mail_services_own_list_which_all_accounts_share_is_off() -> None:
    sets = read_template().resources("AWS::SES::ConfigurationSet")
    assert [each["Properties"]["SuppressionOptions"] for each in sets.values()] == [{"SuppressedReasons": []}]


def dashboard() -> Mapping[str, Any]:
    """The dashboard's body, with names for what only a deployed stack knows."""
    text = read_template().resources("AWS::CloudWatch::Dashboard")["Dashboard"]["Properties"]["DashboardBody"][
        "Fn::Sub"
    ]
    content: Mapping[str, Any] = json.loads(re.sub(r"\$\{(!?)([^}]+)\}", r"\2", text))
    return content


def test_the_dashboard_shows_what_operators_ask_for() -> None:
    shown = {widget["properties"]["title"]: str(widget["properties"]) for widget in dashboard()["widgets"]}
    assert all(status in shown["Requests by status"] for status in ("4xx", "5xx", "Count"))
    assert all(statistic in shown["Latency in milliseconds"] for statistic in ("p50", "p95", "p99"))
    for name, queue in read_template().resources("AWS::SQS::Queue").items():
        title = "Age of the oldest message in seconds" if "RedrivePolicy" in queue["Properties"] else "Dead letters"
        assert f"{name}.QueueName" in shown[title]
    assert "outcome" in shown["E-mails by outcome"]
    assert "ThrottleEvents" in shown["DynamoDB throttles"]
    assert "Errors" in shown["Errors of functions"]


def test_widgets_do_not_overlap() -> None:
    places = [(widget["x"], widget["y"], widget["width"], widget["height"]) for widget in dashboard()["widgets"]]
    cells = [(x + i, y + j) for x, y, width, height in places for i in range(width) for j in range(height)]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


def test_a_line_of_the_log_is_written_once_and_not_wrapped() -> None:
    """Lambda's JSON format puts a handler on the root logger that makes JSON of every record."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(logging.Formatter('{"message": "%(message)s"}'))
    logging.getLogger().addHandler(handler)
    try:
        Logger(service="lines", stream=lines).info("request", operation="GET /invoices")
    finally:
        logging.getLogger().removeHandler(handler)
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert (line["message"], line["operation"]) == ("request", "GET /invoices")
