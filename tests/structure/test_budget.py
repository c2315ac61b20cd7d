"""The template's room: CloudFormation refuses more than 500 resources, and the product is to have 170 functions."""

import json
from collections import Counter
from collections.abc import Mapping
from copy import copy, deepcopy
from functools import cache
from typing import Any

import boto3
import pytest
from samtranslator.parser.parser import Parser  # type: ignore[import-untyped]
from samtranslator.translator.translator import Translator  # type: ignore[import-untyped]

from tests.template import read_template
from tools.openapi import Operation, operations
from tools.routes import definition, roles

MOST_NOW, MOST_LATER = 440, 480
FUNCTIONS, TABLES, QUEUES = 170, 20, 12
OF_A_QUEUE = ("EmailRule", "EmailQueue", "EmailDeadLetters")
"""How the names of what comes with a queue begin: its mapping and alarms are named after them."""

MOST_BYTES_OF_A_TEMPLATE = 1_000_000
MOST_CHARACTERS_OF_A_ROLE = 10_240
LONGEST_ARN = f"arn:aws-us-gov:lambda:ap-southeast-1:123456789012:function:{'x' * 64}"

Resources = dict[str, Any]


@cache
def of_today() -> tuple[Operation, ...]:
    """Every operation there is."""
    return tuple(operations())


def expanded(resources: Resources) -> Resources:
    """What SAM makes of the project's template with these resources in it."""
    content = deepcopy(dict(read_template().content) | {"Resources": resources})
    for resource in content["Resources"].values():
        for name in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][name] = "s3://deployed/code"
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name="us-east-1"))
    made: Resources = translator.translate(content, parameter_values={})["Resources"]
    return made


def with_more(*, functions: int = 0, tables: int = 0, queues: int = 0) -> Resources:
    """The resources of today and copies: functions in folders as large as today's, queues with all that they need."""
    resources = deepcopy(dict(read_template().content["Resources"]))
    found = [*of_today()]
    in_a_folder = len(found) // len({operation.tag for operation in found})
    for number in range(functions):
        resources[f"Get{number}Function"] = resources["ListInvoicesFunction"]
        found.append(_operation(f"folder_{number // in_a_folder}/get_{number}"))
    resources["Api"]["Properties"]["DefinitionBody"] = definition(found)
    resources |= roles(found)
    copied = [("InvoicesTable", tables), *((name, queues) for name in resources if name.startswith(OF_A_QUEUE))]
    return resources | {f"{name}{number}": resources[name] for name, count in copied for number in range(count)}


def _operation(file: str) -> Operation:
    app = copy(next(operation.app for operation in of_today() if operation.file == "invoices/list_invoices"))
    app.path = f"/{file}"
    return Operation(file, app)


def grown() -> Resources:
    """As many resources as are planned."""
    template = read_template()
    return with_more(
        functions=FUNCTIONS - len(template.functions),
        tables=TABLES - len(template.resources("AWS::DynamoDB::Table")),
        queues=QUEUES - len(template.resources("AWS::Lambda::EventSourceMapping")) + 1,
    )


@cache
def count_today() -> int:
    """How many resources the template makes."""
    return len(expanded(with_more()))


def test_there_is_room_today_and_for_all_that_is_planned() -> None:
    assert count_today() <= MOST_NOW
    later = expanded(grown())
    kinds = Counter(resource["Type"] for resource in later.values())
    assert (kinds["AWS::Lambda::Function"], kinds["AWS::DynamoDB::Table"]) == (FUNCTIONS, TABLES)
    assert kinds["AWS::Lambda::EventSourceMapping"] == QUEUES + 1
    assert len(later) <= MOST_LATER
    assert len(json.dumps(later)) <= MOST_BYTES_OF_A_TEMPLATE


@pytest.mark.parametrize(
    ("more", "resources"),
    [({"functions": 1}, 3), ({"functions": 2}, 5), ({"tables": 1}, 1), ({"queues": 1}, 6)],
)
def test_a_thing_costs_these_resources(more: dict[str, int], resources: int) -> None:
    """As docs/decisions/0029-the-templates-budget.md tells."""
    assert len(expanded(with_more(**more))) - count_today() == resources


def size(role: Mapping[str, Any]) -> int:
    """Characters of a role's policies, without white space, if all functions had the longest names."""
    policies = [policy["PolicyDocument"] for policy in role["Properties"]["Policies"]]
    for policy in policies:
        for statement in policy["Statement"]:
            statement["Resource"] = [LONGEST_ARN for _ in statement["Resource"]]
    return len(json.dumps(policies, separators=(",", ":")))


def test_no_role_of_the_api_outgrows_its_policy() -> None:
    assert max(size(role) for role in roles([*of_today()]).values()) <= MOST_CHARACTERS_OF_A_ROLE


def test_one_role_for_all_would_outgrow_it() -> None:
    found = [_operation(f"all/get_{number}") for number in range(FUNCTIONS)]
    assert size(roles(found)["AllApiRole"]) > MOST_CHARACTERS_OF_A_ROLE
