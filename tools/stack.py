"""Our stack on MiniStack: build, deploy, and what MiniStack leaves undone, by public AWS calls."""

import base64
import contextlib
import hashlib
import json
import os
import re
import subprocess
from collections.abc import Mapping
from functools import cached_property
from itertools import batched
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from tools.ministack import CREDENTIALS, ROOT, CannotRunError, MiniStack

NAME = "invoicing"
API_ID = "b111ab1e"
SENDER = "invoices@example.com"
TOLD_AGAIN = 600_000
"""Age in milliseconds, counted back from the newest, of the items that a restart tells once more."""

ONLY_ON_MINISTACK = (
    # It checks this against "*" and never against the sender's identity.
    ("DeliverEmailFunction", "ses:SendRawEmail"),
    # AWS has no such action: sqs:SendMessage allows both.
    ("StartDueWorkFunction", "sqs:SendMessageBatch"),
    ("AdvanceTestClockFunction", "sqs:SendMessageBatch"),
    ("RunDueWorkFunction", "sqs:SendMessageBatch"),
    ("DeliverWebhookFunction", "sqs:SendMessageBatch"),
    ("OrderWebhooksFunction", "sqs:SendMessageBatch"),
    ("ReplayWebhookFunction", "sqs:SendMessageBatch"),
    ("RetryWebhookDeliveryFunction", "sqs:SendMessageBatch"),
)
"""What functions are allowed on MiniStack besides the template's policies, which are those of AWS."""

SOURCES = (
    *("template.yaml", "analytics.yaml", "samconfig.toml"),
    *("functions", "layers", "tools/build_layer.py", "tools/fonts"),
)


def fingerprint() -> str:
    """Changes with anything that a deploy would change."""
    digest = hashlib.sha256()
    for source in (ROOT / name for name in SOURCES):
        files = [source] if source.is_file() else sorted(source.rglob("*"))
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def sam(*arguments: str, log: Path, environment: dict[str, str] | None = None) -> None:
    """Run SAM; what it says goes to a file, and to the screen only when it fails."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    with log.open("wb") as output:
        done = subprocess.run(
            [ROOT / ".venv" / "bin" / "sam", *arguments],
            cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
            env=inherited | {"SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.2"} | (environment or {}),
        )  # fmt: skip
    if done.returncode:
        said = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
        reason = next((line for line in said if line.lower().startswith("error")), said[-1] if said else "no output")
        raise CannotRunError(f"sam {arguments[0]} failed: {reason} (all it said is in {log})")


class Stack:
    def __init__(self, aws: MiniStack) -> None:
        self.aws = aws
        session, at, config = aws.session(), aws.endpoint, aws.config()
        self.cloudformation = session.client("cloudformation", endpoint_url=at, config=config)
        self.dynamodb = session.client("dynamodb", endpoint_url=at, config=config)
        self.functions = session.client("lambda", endpoint_url=at, config=config)
        self.iam = session.client("iam", endpoint_url=at, config=config)
        self.logs = session.client("logs", endpoint_url=at, config=config)
        self.routes = session.client("apigatewayv2", endpoint_url=at, config=config)
        self.s3 = session.client("s3", endpoint_url=at, config=config)
        self.ses = session.client("ses", endpoint_url=at, config=config)

    @property
    def host_url(self) -> str:
        """The one form of an API's address that curl, browsers and Python's resolver all understand."""
        return f"{self.aws.endpoint}/_aws/execute-api/{API_ID}"

    @property
    def url(self) -> str:
        return f"{self.host_url}/v1/invoicing"

    def build(self) -> None:
        sam("build", log=self.aws.folder / "build.log")

    def deploy(self, due_work_rate: str = "1 minute") -> None:
        # Buckets are on disk at once: after a crash there may be one that nothing else remembers.
        with contextlib.suppress(self.s3.exceptions.BucketAlreadyOwnedByYou):
            self.s3.create_bucket(Bucket="deployments")
        sam(
            "deploy", "--config-env", "local",
            "--tags", f"ms-custom-id={API_ID}",
            "--parameter-overrides", f"PublicUrl={self.host_url}", f"EmailSender={SENDER}",
            f'DueWorkRate="{due_work_rate}"',
            log=self.aws.folder / "deploy.log",
            environment=CREDENTIALS | {"AWS_ENDPOINT_URL": self.aws.endpoint, "AWS_CONFIG_FILE": os.devnull,
                                       "AWS_SHARED_CREDENTIALS_FILE": os.devnull},
        )  # fmt: skip
        self._connect_routes()
        self._let_mail_and_documents_through()
        self._record.write_text(self._version())

    def is_current(self) -> bool:
        """Whether MiniStack holds what a deploy of these sources would leave.

        MiniStack's own account of the stack is compared, too: a crash takes it back to its last saved state.
        """
        return self._record.exists() and self._record.read_text() == self._version()

    @property
    def _record(self) -> Path:
        return self.aws.folder / "deployed"

    def _version(self) -> str:
        try:
            stack = self.cloudformation.describe_stacks(StackName=NAME)["Stacks"][0]
        except ClientError:
            return ""
        return f"{fingerprint()} {self.host_url} {stack['StackId']} {stack['LastUpdatedTime'].isoformat()}"

    @cached_property
    def resources(self) -> dict[str, str]:
        """Physical ids by logical id."""
        pages = self.cloudformation.get_paginator("list_stack_resources").paginate(StackName=NAME)
        return {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for page in pages
            for resource in page["StackResourceSummaries"]
        }

    def _connect_routes(self) -> None:
        """MiniStack makes the HTTP API but does not import the routes of its OpenAPI body."""
        template = self.cloudformation.get_template(StackName=NAME, TemplateStage="Processed")["TemplateBody"]
        paths = template["Resources"]["Api"]["Properties"]["Body"]["paths"]
        wanted = {
            _route_key(path, method): _function_in(str(operation))
            for path, methods in paths.items()
            for method, operation in methods.items()
        }
        for route in self.routes.get_routes(ApiId=API_ID, MaxResults="1000")["Items"]:
            self.routes.delete_route(ApiId=API_ID, RouteId=route["RouteId"])
        for integration in self.routes.get_integrations(ApiId=API_ID, MaxResults="1000")["Items"]:
            self.routes.delete_integration(ApiId=API_ID, IntegrationId=integration["IntegrationId"])
        targets = {function: self._integration(function) for function in set(wanted.values())}
        for route_key, function in wanted.items():
            target = f"integrations/{targets[function]}"
            self.routes.create_route(ApiId=API_ID, RouteKey=route_key, Target=target)

    def _integration(self, function: str) -> str:
        arn = self.functions.get_function(FunctionName=self.resources[function])["Configuration"]["FunctionArn"]
        made = self.routes.create_integration(
            ApiId=API_ID, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0"
        )
        return made["IntegrationId"]

    def _let_mail_and_documents_through(self) -> None:
        self.ses.verify_email_identity(EmailAddress=SENDER)
        for function, action in ONLY_ON_MINISTACK:
            statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
            self.iam.put_role_policy(
                RoleName=self.resources[f"{function}Role"],
                PolicyName="send-on-ministack",
                PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
            )
        # The bucket's policy demands TLS, which MiniStack does not speak.
        self.s3.delete_bucket_policy(Bucket=self.resources["DocumentsBucket"])

    def resume_streams(self) -> None:
        """On saved state MiniStack's stream mappings deliver nothing until they are made anew."""
        for mapping in self.functions.list_event_source_mappings()["EventSourceMappings"]:
            if ":dynamodb:" not in mapping["EventSourceArn"]:
                continue
            self.functions.delete_event_source_mapping(UUID=mapping["UUID"])
            self.functions.create_event_source_mapping(
                EventSourceArn=mapping["EventSourceArn"],
                FunctionName=mapping["FunctionArn"],
                StartingPosition="TRIM_HORIZON",
                BatchSize=mapping["BatchSize"],
                FilterCriteria=mapping["FilterCriteria"],
            )
            self._tell_again(mapping["EventSourceArn"].split("/")[1], mapping["FunctionArn"])

    def _tell_again(self, table: str, function: str) -> None:
        """MiniStack saves tables without their streams: what nobody had read yet would never be told.

        Items may be told twice on AWS, too, so it does no harm to tell those that were read.
        """
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=table)
        items = sorted((item for page in pages for item in page["Items"] if _made_at(item)), key=_made_at)
        recent = [item for item in items if _made_at(items[-1]) - _made_at(item) <= TOLD_AGAIN]
        for batch in batched(recent, 100, strict=False):
            records = [{"eventName": "INSERT", "dynamodb": {"NewImage": item}} for item in batch]
            self.functions.invoke(
                FunctionName=function,
                InvocationType="Event",
                Payload=json.dumps({"Records": records}, default=_in_base64),
            )


def _made_at(item: Mapping[str, Any]) -> int:
    """Return when the id that an item's key ends with was made, in milliseconds since 1970; 0 for another key."""
    found = re.search(r"_([0-9a-f]{12})[0-9a-f]{20}$", item["sk"]["S"])
    return int(found[1], 16) if found else 0


def _in_base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _route_key(path: str, method: str) -> str:
    return path if path == "$default" else f"{method.upper()} {path}"


def _function_in(operation: str) -> str:
    found = re.search(r"\$\{(\w+)\.Arn\}", operation)
    if found is None:
        raise ValueError(f"no function in {operation}")
    return found[1]
