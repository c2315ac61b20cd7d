import json
from typing import Any

import pytest

from invoicing.log import counted
from tests.aws import Aws
from tests.functions.reports.reading import issue, post
from tests.http import load_handler
from tests.template import ROOT, read_template

SAMPLE = json.loads((ROOT / "events/schedules/check_totals.json").read_text())


def tick(caplog: pytest.LogCaptureFixture) -> Any:
    """What a night logs, with the stack's name as Lambda sets it."""
    load_handler("schedules/check_totals")(SAMPLE, None)
    return vars(caplog.records[-1]) | {"service": read_template().environment["POWERTOOLS_SERVICE_NAME"]}


def test_a_damaged_total_is_what_the_alarm_watches(
    aws: Aws, key: str, customer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert customer
    issue(key, 10, 0, "2026-03-10")
    post(aws)
    line = tick(caplog)
    assert (line["outcome"], line["equal"], line["too_large"]) == ("done", 2, ())

    total = next(item for item in aws.items("totals") if item["sk"]["S"].startswith("report#day"))
    place = {"pk": total["pk"], "sk": total["sk"]}
    aws.client("dynamodb").delete_item(TableName=aws.environment["TOTALS_TABLE"], Key=place)
    line = tick(caplog)
    assert (line["outcome"], line["equal"], line["differing"]) == ("differing", 1, (total["pk"]["S"],))

    alarm = read_template().resources("AWS::CloudWatch::Alarm")["TotalsDifferAlarm"]["Properties"]
    watched = {item["Name"]: read_template().value(item["Value"]) for item in alarm["Dimensions"]}
    (described,) = line["_aws"]["CloudWatchMetrics"]
    assert described == counted("Schedules", "schedule", "outcome")["_aws"]["CloudWatchMetrics"][0]
    assert (alarm["Namespace"], alarm["MetricName"]) == (described["Namespace"], described["Metrics"][0]["Name"])
    assert watched == {name: line[name] for name in described["Dimensions"][0]}


def test_it_may_change_nothing() -> None:
    (function,) = [each for each in read_template().functions if each.file == "schedules/check_totals"]
    allowed = {action for statement in function.statements for action in statement["Action"]}
    assert allowed == {f"dynamodb:{action}" for action in ("BatchGetItem", "Query", "Scan")}
