"""What template.yaml promises of every function: routes, logs, permissions, dead letters."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from invoicing.api.request import BASE_PATH
from tests.template import Function, Template, read_template
from tools import routes
from tools.routes import TEMPLATE, written

PULLED_FROM_QUEUE, STREAMED = {"SQS"}, {"DynamoDB", "Kinesis"}
PUSHED = {"Schedule", "ScheduleV2", "EventBridgeRule", "CloudWatchEvent", "S3", "SNS"}


def test_all_functions_write_to_one_log_group_with_a_retention() -> None:
    template = read_template()
    logging = template.content["Globals"]["Function"]["LoggingConfig"]
    group = template.resources("AWS::Logs::LogGroup")[logging["LogGroup"]["Ref"]]
    assert group["Properties"]["RetentionInDays"]
    assert [function.file for function in template.functions if "LoggingConfig" in function.properties] == []


def test_functions_stand_in_the_order_of_their_folders() -> None:
    """The banner above a folder's functions is its name."""
    files = [function.file for function in read_template().functions]
    assert files == sorted(files)
    folders = dict.fromkeys(file.partition("/")[0] for file in files)
    banners = re.findall(r"^  # ─+ (.+) ─+$", TEMPLATE.read_text(), re.MULTILINE)
    assert banners[1 : len(folders) + 1] == [folder.replace("_", " ").capitalize() for folder in folders]


def test_a_description_tells_the_route() -> None:
    for function in read_template().functions:
        if function.routes:
            method, path = min(function.routes)
            assert function.properties["Description"] == f"{method} {path.removeprefix(BASE_PATH)}"


@pytest.mark.parametrize("file", routes.files(), ids=lambda file: file.name)
def test_what_follows_from_the_declarations_is_current(file: Path) -> None:
    assert file.read_text() == routes.files()[file], "run python -m tools.routes"


def test_written_names_a_marker_that_is_gone() -> None:
    with pytest.raises(ValueError, match="has lost its line"):
        written(TEMPLATE.read_text().replace("\nOutputs:\n", "\n"))


def test_the_api_may_call_the_functions_of_its_routes_and_no_others() -> None:
    template = read_template()
    routed = defaultdict(set)
    for route in template.routes:
        routed[route.role].add(route.function)
    roles = template.resources("AWS::IAM::Role")
    assert routed == {name: set(_callable(role)) for name, role in roles.items()}
    assert set().union(*routed.values()) == {item.logical_id for item in template.functions if item.routes}


def _callable(role: Mapping[str, Any]) -> Iterator[str]:
    for policy in role["Properties"]["Policies"]:
        for statement in policy["PolicyDocument"]["Statement"]:
            assert (statement["Effect"], statement["Action"]) == ("Allow", "lambda:InvokeFunction")
            yield from (resource["Fn::GetAtt"][0] for resource in statement["Resource"])


def too_wide(function: Function) -> list[str]:
    """Permissions of a function that name no certain action or resource; of objects, a first folder is enough."""
    found = [] if "Role" not in function.properties else ["a role of its own"]
    for policy in function.properties.get("Policies", []):
        if not isinstance(policy, dict) or "Statement" not in policy:
            found.append(f"{policy}: not spelled out")
            continue
        for statement in policy["Statement"]:
            found += [word for word in ("NotAction", "NotResource") if word in statement]
            actions = list(_texts(statement.get("Action", [])))
            found += [action for action in actions if "*" in action]
            of_objects = all(action.startswith("s3:") and "Object" in action for action in actions)
            for resource in _texts(statement.get("Resource", [])):
                if "*" in (re.sub(r"(?<=/)[a-z]+/\*$", "", resource) if of_objects else resource):
                    found.append(resource)
    return found


def _texts(expression: Any) -> Iterator[str]:
    """Every text within an expression."""
    if isinstance(expression, str):
        yield expression
    elif isinstance(expression, Mapping):
        for value in expression.values():
            yield from _texts(value)
    elif isinstance(expression, list):
        for value in expression:
            yield from _texts(value)


def test_no_function_may_do_more_than_it_names() -> None:
    template = read_template()
    found = {function.logical_id: too_wide(function) for function in template.functions}
    assert {name: permissions for name, permissions in found.items() if permissions} == {}
    assert "Policies" not in template.content["Globals"]["Function"]


def test_too_wide_finds_wildcards() -> None:
    def allowed(action: Any, resource: Any) -> list[str]:
        statement = {"Effect": "Allow", "Action": action, "Resource": resource}
        return too_wide(Function("AFunction", "a/a", {"Policies": [{"Statement": [statement]}]}))

    assert allowed(["dynamodb:GetItem"], {"Fn::GetAtt": ["ATable", "Arn"]}) == []
    assert allowed(["s3:GetObject"], {"Fn::Sub": "${ABucket.Arn}/drafts/*"}) == []
    assert allowed(["s3:GetObject"], {"Fn::Sub": "${ABucket.Arn}/*"}) == ["${ABucket.Arn}/*"]
    assert allowed(["s3:GetObject"], {"Fn::Sub": "*/*"}) == ["*/*"]
    assert allowed(["s3:ListBucket"], {"Fn::Sub": "${ABucket.Arn}/a/*"}) == ["${ABucket.Arn}/a/*"]
    assert allowed("dynamodb:*", {"Fn::GetAtt": ["ATable", "Arn"]}) == ["dynamodb:*"]
    assert allowed(["ses:SendRawEmail"], "*") == ["*"]
    assert too_wide(Function("AFunction", "a/a", {"Policies": ["AmazonS3FullAccess"]})) == [
        "AmazonS3FullAccess: not spelled out"
    ]
    assert too_wide(Function("AFunction", "a/a", {"Role": "arn"})) == ["a role of its own"]


def test_functions_reach_the_documents_that_they_make() -> None:
    reached = {
        function.file: {
            text.split("/")[1]
            for statement in function.statements
            if "s3:PutObject" in statement["Action"]
            for text in _texts(statement["Resource"])
        }
        for function in read_template().functions
    }
    assert {file: folders for file, folders in reached.items() if folders} == {
        "account/update_account": {"files", "logos"},
        "files/create_file": {"uploads"},
        "imports/create_import": {"imports"},
        **{f"invoices/{name}": {"files"} for name in ("create_invoice", "create_invoices", "update_invoice")},
        "invoices/get_invoice_pdf": {"drafts", "issued"},
        **{f"pages/download_{name}": {"issued"} for name in ("invoice", "portal_invoice", "portal_credit_note")},
        "pages/download_hosted_document": {"issued", "receipts"},
        **{file: {"receipts"} for file in ("pages/download_portal_receipt", "payments/get_payment_receipt")},
        "credit_notes/get_credit_note_pdf": {"issued"},
        "reactions/deliver_email": {"issued", "receipts"},
        "reactions/run_due_work": {"exports", "imports"},
        **{f"templates/{name}_template": {"files", "logos"} for name in ("create", "update")},
    }


def test_tables_are_protected() -> None:
    template = read_template()
    for name, table in template.resources("AWS::DynamoDB::Table").items():
        assert template.value(table["Properties"]["DeletionProtectionEnabled"]) == "true", name
        assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("Retain", "Retain"), name


def test_whoever_takes_numbers_may_wait_in_their_line() -> None:
    """Only a collision shows that the permission is missing."""
    routed = [function for function in read_template().functions if function.routes]
    may = {each.file: {it for item in each.statements for it in _on(item, "AccountsTable")} for each in routed}
    writers = {file for file, actions in may.items() if "dynamodb:PutItem" in actions}
    of_keys = {f"account/{verb}_api_key" for verb in ("create", "revoke", "rotate")}
    of_reminders = {f"reminders/replace_{it}" for it in ("reminders", "invoice_reminders")}
    of_clocks = {f"test_clock/{verb}_test_clock" for verb in ("delete", "set")}
    of_templates = {f"templates/{verb}_template" for verb in ("create", "update", "delete", "set_default")}
    take_none = {"account/replace_exchange_rates", *of_keys, *of_clocks, *of_reminders, *of_templates}
    assert {file for file in writers if "dynamodb:UpdateItem" not in may[file]} == take_none


def _on(statement: Mapping[str, Any], table: str) -> list[str]:
    return list(statement["Action"]) if table in str(statement["Resource"]) else []


def test_whoever_writes_with_a_key_can_check_the_test_clock() -> None:
    """Only under a test clock does a missing permission show."""
    writes, checks = {"dynamodb:PutItem", "dynamodb:DeleteItem"}, "dynamodb:ConditionCheckItem"
    lacking = {
        function.file
        for function in read_template().functions
        if not any(method == "GET" for method, _ in function.routes) and function.routes
        if writes & {action for item in function.statements for action in item["Action"]}
        if checks not in {action for item in function.statements for action in _on(item, "JobsTable")}
    }
    assert lacking == {f"test_clock/{verb}_test_clock" for verb in ("delete", "set")}, "these write the clock itself"


def losing(template: Template) -> list[str]:
    """What loses an event for good when it keeps failing: sources and targets without a dead-letter queue."""
    return [
        *(
            name
            for name, mapping in template.resources("AWS::Lambda::EventSourceMapping").items()
            if not _source_keeps(template, mapping["Properties"], mapping["Properties"]["EventSourceArn"])
        ),
        *(
            f"{function.logical_id} {name}"
            for function in template.functions
            for name, event in function.properties.get("Events", {}).items()
            if not _event_keeps(template, event)
        ),
        *(
            f"{name} {target['Id']}"
            for name, rule in template.resources("AWS::Events::Rule").items()
            for target in rule["Properties"]["Targets"]
            if not _is_queue(template, target.get("DeadLetterConfig", {}).get("Arn"))
        ),
        *(
            name
            for name, schedule in template.resources("AWS::Scheduler::Schedule").items()
            if not _is_queue(template, schedule["Properties"]["Target"].get("DeadLetterConfig", {}).get("Arn"))
        ),
    ]


def _event_keeps(template: Template, event: Mapping[str, Any]) -> bool:
    properties = event["Properties"]
    if event["Type"] in PULLED_FROM_QUEUE:
        return _source_keeps(template, properties, properties["Queue"])
    if event["Type"] in STREAMED:
        return _source_keeps(template, properties, properties["Stream"])
    return event["Type"] not in PUSHED or _is_queue(template, properties.get("DeadLetterConfig", {}).get("Arn"))


def _source_keeps(template: Template, mapping: Mapping[str, Any], source: Any) -> bool:
    """A queue moves what failed to its own dead-letter queue; of a stream the mapping does."""
    if _is_queue(template, source):
        queue = template.content["Resources"][source["Fn::GetAtt"][0]]["Properties"]
        return _is_queue(template, queue.get("RedrivePolicy", {}).get("deadLetterTargetArn"))
    return _is_queue(template, mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"))


def named_schedules(template: Template) -> list[str]:
    """Schedules whose names two stacks of one region would share, as SAM gives them; and rules that are schedules."""
    events = [
        (f"{function.logical_id} {name}", event)
        for function in template.functions
        for name, event in function.properties.get("Events", {}).items()
    ]
    found = [name for name, event in events if event["Type"] == "Schedule"]
    found += [
        name
        for name, event in events
        if event["Type"] == "ScheduleV2" and event["Properties"].get("OmitName") is not True
    ]
    schedules = template.resources("AWS::Scheduler::Schedule")
    return found + [name for name, schedule in schedules.items() if "Name" in schedule["Properties"]]


def test_schedules_have_no_name() -> None:
    assert named_schedules(read_template()) == []


def test_named_schedules_finds_every_kind() -> None:
    events = {
        "Old": {"Type": "Schedule", "Properties": {}},
        "Named": {"Type": "ScheduleV2", "Properties": {"ScheduleExpression": "rate(5 minutes)"}},
        "Nameless": {"Type": "ScheduleV2", "Properties": {"OmitName": True}},
    }
    own = {"Type": "AWS::Scheduler::Schedule", "Properties": {"Name": "tick"}}
    template = Template({"Resources": {"AFunction": _function({"Events": events}), "ASchedule": own}})
    assert named_schedules(template) == ["AFunction Old", "AFunction Named", "ASchedule"]


def _is_queue(template: Template, arn: Any) -> bool:
    return isinstance(arn, dict) and arn.get("Fn::GetAtt", [""])[0] in template.resources("AWS::SQS::Queue")


def test_nothing_asynchronous_is_lost() -> None:
    assert losing(read_template()) == []


def test_losing_finds_what_has_no_dead_letter_queue() -> None:
    letters = {"Fn::GetAtt": ["Letters", "Arn"]}
    queue = {"Fn::GetAtt": ["AQueue", "Arn"]}
    mapping = "AWS::Lambda::EventSourceMapping"
    resources = {
        "Letters": {"Type": "AWS::SQS::Queue", "Properties": {}},
        "AQueue": {"Type": "AWS::SQS::Queue", "Properties": {}},
        "OfQueue": {"Type": mapping, "Properties": {"EventSourceArn": queue}},
        "OfStream": {"Type": mapping, "Properties": {"EventSourceArn": {"Fn::GetAtt": ["ATable", "StreamArn"]}}},
        "ARule": {"Type": "AWS::Events::Rule", "Properties": {"Targets": [{"Id": "x", "Arn": queue}]}},
        "ASchedule": {"Type": "AWS::Scheduler::Schedule", "Properties": {"Target": {}}},
        "AFunction": _function({"Events": {"Tick": {"Type": "ScheduleV2", "Properties": {}}}}),
    }
    template = Template({"Resources": resources})
    assert losing(template) == ["OfQueue", "OfStream", "AFunction Tick", "ARule x", "ASchedule"]
    resources["AQueue"]["Properties"] = {"RedrivePolicy": {"deadLetterTargetArn": letters}}
    resources["OfStream"]["Properties"]["DestinationConfig"] = {"OnFailure": {"Destination": letters}}
    resources["ARule"]["Properties"]["Targets"][0]["DeadLetterConfig"] = {"Arn": letters}
    resources["ASchedule"]["Properties"]["Target"] = {"DeadLetterConfig": {"Arn": letters}}
    tick = {"Type": "ScheduleV2", "Properties": {"DeadLetterConfig": {"Arn": letters}}}
    resources["AFunction"] = _function({"Events": {"Tick": tick}})
    assert losing(template) == []


def _function(properties: Mapping[str, Any]) -> dict[str, Any]:
    names = {"CodeUri": "functions/a", "Handler": "a.handler"}
    return {"Type": "AWS::Serverless::Function", "Properties": names | dict(properties)}
