"""The deployed system that stories speak to over HTTP: MiniStack with IAM enforced, built and deployed by SAM."""

import email
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import boto3
import pytest

from tools.account import create_account
from tools.logs import log_groups
from tools.mail import start_mail_server
from tools.ministack import MiniStack, free_port
from tools.stack import Stack
from tools.tick import tick
from tools.waiting import wait_until


@dataclass
class Deployment:
    aws: MiniStack
    stack: Stack
    mail: Path

    @property
    def url(self) -> str:
        """Ends in /v1/invoicing."""
        return self.stack.url

    @property
    def session(self) -> boto3.Session:
        """Takes `endpoint_url=deployment.aws.endpoint` for its clients."""
        return self.aws.session()

    def create_account(self, name: str = "Acme Ltd", **wishes: str) -> dict[str, str]:
        """`account_id`, `api_key` and `mode` of a new account."""
        function = self.stack.resources["CreateAccountFunction"]
        return create_account(self.stack.functions, function, {"name": name} | wishes)

    def tick(self) -> None:
        """Let a tick queue what is due."""
        tick(self.stack.functions, self.stack.resources["StartDueWorkFunction"])

    @contextmanager
    def time_limit(self, function: str, *, seconds: int) -> Iterator[None]:
        """Let a function die when it works for longer."""
        name = self.stack.resources[function]
        usual = self.stack.functions.get_function_configuration(FunctionName=name)["Timeout"]
        self.stack.functions.update_function_configuration(FunctionName=name, Timeout=seconds)
        try:
            yield
        finally:
            self.stack.functions.update_function_configuration(FunctionName=name, Timeout=usual)

    def messages_to(self, address: str) -> list[EmailMessage]:
        """What was mailed to an address, oldest first."""
        kept = [
            email.message_from_bytes(file.read_bytes(), EmailMessage, policy=default)
            for file in sorted(self.mail.glob("*.eml"))
        ]
        return [message for message in kept if address in str(message["X-Envelope-To"])]

    def wait_for_mail_to(self, address: str, count: int = 1, seconds: float = 60) -> list[EmailMessage]:
        def arrived() -> list[EmailMessage]:
            found = self.messages_to(address)
            return found if len(found) >= count else []

        return wait_until(arrived, seconds, f"{count} message(s) to {address}")

    def wait_for_empty_mail_queue(self) -> None:
        """Wait until every requested e-mail has been handled."""
        sqs = self.session.client("sqs", endpoint_url=self.aws.endpoint)

        def empty() -> bool:
            queue = self.stack.resources["EmailQueue"]
            left = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
            waiting, in_flight = left["ApproximateNumberOfMessages"], left["ApproximateNumberOfMessagesNotVisible"]
            return waiting == in_flight == "0"

        # A message that was being handled when a story ended the stack comes again after six minutes.
        wait_until(empty, 400, "the e-mail queue to be empty")

    def errors_logged(self) -> str:
        """What the functions logged as errors, for whoever reads a failed story."""
        found = [
            f"{group}: {event['message']}"
            for group in log_groups(self.stack)
            for event in self.stack.logs.filter_log_events(logGroupName=group)["events"]
            if "ERROR" in event["message"]
        ]
        return "\n".join(found[-5:])

    def stop(self) -> None:
        """As Ctrl-C stops `make run`."""
        self.aws.stop()

    def start(self) -> None:
        self.aws.start()
        self.stack.resume_streams()


@pytest.fixture(scope="session")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("stack")
    smtp = start_mail_server(folder / "mail", free_port())
    aws = MiniStack(folder, free_port(), smtp.port, enforce_iam=True)
    stack = Stack(aws)
    try:
        aws.start()
        stack.build()
        # Stories run their ticks themselves, or invoices would become overdue while a story looks at them.
        stack.deploy(due_work_rate="1 hour")
        yield Deployment(aws, stack, folder / "mail")
    finally:
        aws.stop()
        smtp.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The restart comes first, since later it would end all warm functions; what destroys the stack comes last."""
    places = {"test_restart.py": 0, "test_destroy.py": 2}
    items.sort(key=lambda item: places.get(item.path.name, 1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    deployment = getattr(item, "funcargs", {}).get("deployment")
    if report.failed and isinstance(deployment, Deployment) and deployment.aws.is_running:
        report.sections.append(("Errors that functions logged", deployment.errors_logged()))
    return report
