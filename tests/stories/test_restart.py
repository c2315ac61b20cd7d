"""Stopped or killed, and started again, everything that was saved is still there and goes on working."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stories.client import QUICK_START, Client, data, number
from tests.stories.conftest import Deployment
from tools.ministack import ROOT
from tools.waiting import wait_until


def test_data_survives_a_restart_and_mail_goes_out_after_it(deployment: Deployment) -> None:
    client, address = a_seller(deployment, "ada@restart.example")
    before = data(client.post("/invoices", QUICK_START))
    data(client.post(f"/invoices/{before['id']}/send"))
    deployment.wait_for_mail_to(address)
    pdf = client.get(f"/invoices/{before['id']}/pdf", Accept="application/pdf").content

    deployment.stop()
    deployment.start()

    kept = data(client.get(f"/invoices/{before['id']}"))
    assert kept["invoice_number"] == number(1)
    assert client.get(f"/invoices/{before['id']}/pdf", Accept="application/pdf").content == pdf
    after = data(client.post("/invoices", QUICK_START))
    assert data(client.post(f"/invoices/{after['id']}/send"))["invoice_number"] == number(2)
    assert len(deployment.wait_for_mail_to(address, 2)) == 2


@pytest.mark.nightly
def test_mail_goes_out_after_the_run_or_its_ministack_was_killed(deployment: Deployment) -> None:
    client, address = a_seller(deployment, "ada@killed.example")
    deployment.stop()
    try:
        with make_run(deployment) as run:
            hold_events_back(deployment)
            send_invoice(client)
            run.kill()
        with make_run(deployment) as run:
            assert len(deployment.wait_for_mail_to(address)) == 1
            send_invoice(client)
            assert len(deployment.wait_for_mail_to(address, 2)) == 2

            os.kill(ministack_of(run), signal.SIGKILL)
            assert run.wait(30) == 1
            (problem,) = problems(deployment)
            assert problem.startswith("error: MiniStack has ended by itself")
        with make_run(deployment) as run:
            send_invoice(client)
            assert len(deployment.wait_for_mail_to(address, 3)) == 3
            each_request_and_mail_has_its_line(deployment, client)
            run.send_signal(signal.SIGINT)
            assert run.wait(60) == 0
    finally:
        deployment.start()


def each_request_and_mail_has_its_line(deployment: Deployment, client: Client) -> None:
    """In what `make run` prints: no more than what happened, pages without their secret tokens."""
    assert client.get("/i/secret-token").status_code == 404
    lines = wait_until(lambda: shown(deployment, "GET /i/{token}"), 60, "the line of the request")
    assert f"mail: {max(deployment.mail.glob('*.eml'))}" in lines
    requests = [line.split() for line in lines if line.endswith(("send_invoice", "view_invoice"))]
    assert [[*words[:3], *words[-2:]] for words in requests] == [
        ["POST", "/invoices/{invoice_id}/send", "200", "ms", "send_invoice"],
        ["GET", "/i/{token}", "404", "ms", "view_invoice"],
    ]
    assert "secret-token" not in "".join(lines)


def a_seller(deployment: Deployment, address: str) -> tuple[Client, str]:
    """An account whose one customer has this address."""
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": address}))
    return client, address


def send_invoice(client: Client) -> None:
    """Create an invoice and send it."""
    created = data(client.post("/invoices", QUICK_START))
    data(client.post(f"/invoices/{created['id']}/send"))


def hold_events_back(deployment: Deployment) -> None:
    """Have nobody read the stream of events, as if the end came before they were read."""
    functions = deployment.stack.functions
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        if ":dynamodb:" in mapping["EventSourceArn"]:
            functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)


@contextmanager
def make_run(deployment: Deployment) -> Iterator[subprocess.Popen[bytes]]:
    """`make run` on the deployment's data, until the end of the block or its own."""
    output, errors = _output(deployment), _errors(deployment)
    with output.open("wb") as stdout, errors.open("wb") as stderr:
        run = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "tools.run", "--port", str(deployment.aws.port), "--folder", deployment.aws.folder],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr,
        )  # fmt: skip
    try:
        wait_until(lambda: run.poll() is not None or shown(deployment, "Ready"), 120, "make run to be ready")
        assert run.poll() is None, errors.read_text()
        yield run
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(60)


def ministack_of(run: subprocess.Popen[bytes]) -> int:
    """The process id of a run's MiniStack."""
    (child,) = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    return int(child)


def shown(deployment: Deployment, beginning: str) -> list[str]:
    """Everything that the last run printed, once a line with this beginning is there."""
    lines = _output(deployment).read_text().splitlines()
    return lines if any(line.startswith(beginning) for line in lines) else []


def problems(deployment: Deployment) -> list[str]:
    """The lines that the last run printed as errors."""
    return _errors(deployment).read_text().splitlines()


def _output(deployment: Deployment) -> Path:
    return deployment.aws.folder / "run.out"


def _errors(deployment: Deployment) -> Path:
    return deployment.aws.folder / "run.err"
