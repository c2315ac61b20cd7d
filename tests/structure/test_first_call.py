"""What the first call of a function loads: nothing of resources that it does not use."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from benchmarks.requests import ENVIRONMENT
from benchmarks.sample_aws import answering, sample_items
from tests.structure import first_call
from tests.template import ROOT


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An AWS over HTTP that has what the sample events name."""
    with answering(sample_items()) as address:
        yield address


def loaded_by(file: str, endpoint: str) -> list[str]:
    """The modules of the core package that a handler has loaded when it has answered its sample event."""
    folder, _, module = file.partition("/")
    done = subprocess.run(  # noqa: S603
        [sys.executable, first_call.__file__, module, str(ROOT / "events" / f"{file}.json")],
        env=ENVIRONMENT
        | {
            "AWS_ENDPOINT_URL": endpoint,
            "PYTHONPATH": f"{ROOT / 'functions' / folder}:{ROOT / 'layers' / 'core'}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["status"] in {200, 201}, done.stdout
    found: list[str] = answer["loaded"]
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "others"),
    [
        ("customers/list_customers", {"invoices", "payments", "credit_notes", "ledger"}),
        ("customers/list_ledger_entries", {"invoices", "payments", "credit_notes"}),
        ("customers/get_customer_balance", {"invoices", "payments", "credit_notes"}),
        ("customers/get_customer", {"invoices", "payments", "credit_notes", "ledger"}),
        ("invoices/get_invoice", {"payments", "credit_notes", "ledger"}),
        ("invoices/list_invoices", {"payments", "credit_notes", "ledger"}),
        ("payments/list_payments", {"credit_notes", "ledger"}),
        ("credit_notes/list_credit_notes", {"payments", "ledger"}),
        ("invoices/create_invoice", {"payments", "credit_notes"}),
        ("invoices/send_invoice", {"payments", "credit_notes"}),
        ("credit_notes/send_credit_note", {"payments"}),
        ("payments/send_payment_receipt", {"credit_notes", "ledger"}),
    ],
)
def test_a_function_loads_nothing_of_other_resources(endpoint: str, file: str, others: set[str]) -> None:
    loaded = {name: set(name.split(".")) for name in loaded_by(file, endpoint)}
    assert [name for name, parts in loaded.items() if parts & others] == []
    assert any(file.partition("/")[0] in parts for parts in loaded.values())
