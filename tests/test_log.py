"""The one line that each request, message and tick leaves: it names its function, and is a metric."""

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from invoicing.log import NAMESPACE, counted, logger
from invoicing.messaging.reaction import EVENTS, Reaction
from invoicing.messaging.schedule import Schedule
from tests.http import call, request
from tests.template import ROOT


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What is logged, as CloudWatch gets it."""
    stream = io.StringIO()
    monkeypatch.setattr(logger.registered_handler, "stream", stream)
    return stream


def only_line(written: io.StringIO) -> Any:
    (line,) = written.getvalue().splitlines()
    return json.loads(line)


def metrics(line: Any) -> list[tuple[str, dict[str, str], float]]:
    """Name, dimensions and value of each metric in a line, by the rules of the embedded metric format."""
    assert isinstance(line["_aws"]["Timestamp"], int)
    found = []
    for directive in line["_aws"]["CloudWatchMetrics"]:
        assert directive["Namespace"] == NAMESPACE
        for dimensions in directive["Dimensions"]:
            values = {name: line[name] for name in dimensions if name != "service"}
            assert all(isinstance(value, str) and value for value in values.values())
            assert isinstance(line["service"], str)
            found += [(metric["Name"], values, line[metric["Name"]]) for metric in directive["Metrics"]]
    return found


@pytest.mark.usefixtures("aws")
def test_a_request_is_one_line_that_counts_its_status(written: io.StringIO) -> None:
    call("customers/list_customers", request("GET", "/customers"))
    line = only_line(written)
    assert (line["operation"], line["code"]) == ("GET /customers", "missing_api_key")
    assert metrics(line) == [("Requests", {"status": "401"}, 1)]


def test_a_message_is_one_line_that_counts_its_outcome(written: io.StringIO) -> None:
    def react(account: str, events: list[Any]) -> None:
        raise AssertionError

    Reaction(react, EVENTS, 1)({"Records": [{"messageId": "m1", "body": "no event", "eventSource": "aws:sqs"}]}, None)
    line = only_line(written)
    assert line["message_id"] == "m1"
    assert metrics(line) == [("Reactions", {"reaction": "test_log", "outcome": "unreadable"}, 1)]


def test_a_tick_is_one_line_that_counts_its_outcome(written: io.StringIO) -> None:
    Schedule(lambda: {"due": 3})({}, None)
    line = only_line(written)
    assert line["due"] == 3
    assert metrics(line) == [("Schedules", {"schedule": "test_log", "outcome": "done"}, 1)]


def test_a_tick_that_fails_is_counted_as_failed(written: io.StringIO) -> None:
    def run() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        Schedule(run)({}, None)
    assert metrics(only_line(written)) == [("Schedules", {"schedule": "test_log", "outcome": "failed"}, 1)]


def test_a_line_names_its_function() -> None:
    """In a process of its own, as the name is read once."""
    code = "from invoicing.log import logger; logger.info('x')"
    environment = {"AWS_LAMBDA_FUNCTION_NAME": "stack-GetInvoice", "PYTHONPATH": str(ROOT / "layers" / "core")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    assert json.loads(done.stdout)["function"] == "stack-GetInvoice"


def test_a_metric_has_the_dimensions_it_names() -> None:
    assert counted("X", "a", "b")["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service", "a", "b"]]
