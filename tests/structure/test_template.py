"""What template.yaml promises of every function: logs, permissions, dead letters."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.template import Function, Template, read_template

PULLED_FROM_QUEUE = {"SQS"}
PUSHED = {"Schedule", "ScheduleV2", "EventBridgeRule", "CloudWatchEvent", "S3", "SNS"}
STREAMED = {"DynamoDB", "Kinesis"}


def without_logs(template: Template) -> list[str]:
    """Functions that do not write to a log group of the template with a retention."""
    groups = template.resources("AWS::Logs::LogGroup")
    kept = {name for name, group in groups.items() if group["Properties"].get("RetentionInDays")}
    logs = {
        function.logical_id: function.properties.get("LoggingConfig", {}).get("LogGroup", {}).get("Ref")
        for function in template.functions
    }
    shared = [name for name, group in logs.items() if list(logs.values()).count(group) > 1]
    return [name for name, group in logs.items() if group not in kept or name in shared]


def test_every_function_has_a_log_group_of_its_own_with_retention() -> None:
    assert without_logs(read_template()) == []


def test_without_logs_finds_functions_without_retention() -> None:
    functions = {
        "AFunction": _function({"LoggingConfig": {"LogGroup": {"Ref": "ALogs"}}}),
        "BFunction": _function({"LoggingConfig": {"LogGroup": {"Ref": "BLogs"}}}),
        "CFunction": _function({}),
    }
    logs = {
        "ALogs": {"Type": "AWS::Logs::LogGroup", "Properties": {"RetentionInDays": 30}},
        "BLogs": {"Type": "AWS::Logs::LogGroup", "Properties": {}},
    }
    assert without_logs(Template({"Resources": functions | logs})) == ["BFunction", "CFunction"]


def too_wide(function: Function) -> list[str]:
    """Permissions of a function that name no certain action or resource; ``bucket/*`` is what S3 calls objects."""
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
                if "*" in (resource.removesuffix("/*") if of_objects else resource):
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
    assert allowed(["s3:GetObject"], {"Fn::Sub": "${ABucket.Arn}/*"}) == []
    assert allowed(["s3:GetObject"], {"Fn::Sub": "*/*"}) == ["*/*"]
    assert allowed(["s3:ListBucket"], {"Fn::Sub": "${ABucket.Arn}/*"}) == ["${ABucket.Arn}/*"]
    assert allowed("dynamodb:*", {"Fn::GetAtt": ["ATable", "Arn"]}) == ["dynamodb:*"]
    assert allowed(["ses:SendRawEmail"], "*") == ["*"]
    assert too_wide(Function("AFunction", "a/a", {"Policies": ["AmazonS3FullAccess"]})) == [
        "AmazonS3FullAccess: not spelled out"
    ]
    assert too_wide(Function("AFunction", "a/a", {"Role": "arn"})) == ["a role of its own"]


def test_whoever_takes_numbers_may_wait_in_their_line() -> None:
    """Only a collision shows that the permission is missing."""
    may = {
        function.file: {action for item in function.statements for action in _on(item, "AccountsTable")}
        for function in read_template().functions
        if function.routes
    }
    writers = {file for file, actions in may.items() if "dynamodb:PutItem" in actions}
    take_none = {"replace_exchange_rates", *(f"{verb}_api_key" for verb in ("create", "revoke", "rotate"))}
    assert {file for file in writers if "dynamodb:UpdateItem" not in may[file]} == {f"account/{it}" for it in take_none}


def _on(statement: Mapping[str, Any], table: str) -> list[str]:
    return list(statement["Action"]) if table in str(statement["Resource"]) else []


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
    resources["AFunction"] = _function({"Events": {"Get": {"Type": "HttpApi", "Properties": {}}}})
    assert losing(template) == []


def _function(properties: Mapping[str, Any]) -> dict[str, Any]:
    names = {"CodeUri": "functions/a", "Handler": "a.handler"}
    return {"Type": "AWS::Serverless::Function", "Properties": names | dict(properties)}
