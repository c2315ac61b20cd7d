"""docs/ has every event type, as the registry declares it: its meaning, the members of its data, and their schema."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from moto.events.models import EventPattern

from invoicing.domain.events.event import Actor, Event
from invoicing.domain.events.registry import event_types
from tests.builders import (
    NOW,
    a_credit_note,
    a_credit_payout,
    a_customer,
    a_notice_mail,
    a_payment,
    a_webhook,
    an_export,
    an_import,
    an_issued_invoice,
)
from tests.domain.recurring.plans import a_started
from tests.event_schemas import assert_documented, faults, on_the_bus
from tools.events import FILE, SCHEMA, schema, written

SAMPLES: dict[str, Any] = {
    "credit_note": a_credit_note(),
    "credit_payout": a_credit_payout(),
    "customer": a_customer(),
    "export": an_export(),
    "import": an_import(),
    "invoice": an_issued_invoice(),
    "notice": a_notice_mail(),
    "payment": a_payment(),
    "recurring_invoice": a_started(),
    "webhook": a_webhook(),
}


def an_event(name: str, **more: Any) -> Event:
    """An event of a type, as it is recorded."""
    resource = SAMPLES[name.partition(".")[0]]
    return Event(
        account="acc_1",
        id="evt_1",
        type=name,
        resource_id=resource.id,
        sequence=1,
        actor=Actor("api_key", "key_1"),
        occurred_at=NOW,
        data={**event_types()[name].summary(resource), **more},
    )


def examples() -> list[Any]:
    """The examples of the page, in order."""
    return [json.loads(each) for each in re.findall(r"```json\n(.*?)```", FILE.read_text(), re.DOTALL)]


def test_the_tables_and_the_schema_are_current() -> None:
    assert written(FILE.read_text()) == FILE.read_text(), "run python -m tools.events"
    assert schema() == SCHEMA.read_text(), "run python -m tools.events"


def test_the_schema_is_one() -> None:
    content = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(content)
    assert [each["$ref"] for each in content["oneOf"]] == [f"#/$defs/{name}" for name in event_types()]


@pytest.mark.parametrize("name", event_types())
def test_an_event_of_each_type_is_of_its_schema_and_of_no_other(name: str) -> None:
    event = an_event(name)
    assert faults(event) == []
    assert Draft202012Validator(json.loads(SCHEMA.read_text())).is_valid(on_the_bus(event))


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ({"amount": 1}, "'amount' was unexpected"),
        ({"total": "1836.00"}, "'1836.00' is not of type 'number'"),
        ({"invoice_number": 7}, "$.detail.data.invoice_number"),
        ({"object": "customer"}, "'invoice' was expected"),
        ({"status": "unheard_of"}, "'unheard_of' is not one of"),
    ],
)
def test_faults_finds_what_the_schema_does_not_say(broken: dict[str, Any], fault: str) -> None:
    event = an_event("invoice.paid", **broken)
    assert fault in "".join(faults(event))
    with pytest.raises(AssertionError):
        assert_documented(event)


def test_faults_finds_what_is_missing() -> None:
    event = an_event("payment.created")
    short = replace(event, data={name: each for name, each in event.data.items() if name != "amount"})
    assert "'amount' is a required property" in "".join(faults(short))


def test_the_examples_are_of_the_schema_and_the_rule_selects_its_event() -> None:
    listed, _, delivered, rule = examples()
    assert Draft202012Validator(json.loads(SCHEMA.read_text())).is_valid(delivered)
    assert listed["data"] == delivered["detail"]["data"]
    pattern = EventPattern.load(json.dumps(rule))
    assert pattern.matches_event(delivered)
    assert not pattern.matches_event(delivered | {"detail-type": "invoice.viewed"})


def test_a_resource_without_a_section_is_named() -> None:
    with pytest.raises(ValueError, match="Payment"):
        written(FILE.read_text().replace("## Payment events", "## Money"))


@pytest.mark.parametrize("name", event_types())
def test_the_data_of_an_event_are_those_that_are_documented(name: str) -> None:
    resource = name.partition(".")[0]
    section = (
        FILE.read_text().partition(f"## {resource.replace('_', ' ').capitalize()} events")[2].partition("\n## ")[0]
    )
    documented = set(re.findall(r"`(\w+)`", section.partition("`data` has ")[2].partition(".\n")[0]))
    assert set(event_types()[name].summary(SAMPLES[resource])) == documented


def test_every_meaning_is_a_sentence() -> None:
    wrong = [name for name, found in event_types().items() if not re.fullmatch(r"[A-Z].*\.", found.meaning)]
    assert wrong == []
