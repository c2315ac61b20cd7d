"""Bulk requests under real threads, on Amazon's own DynamoDB Local: several at once, and killed on the way."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from invoicing.api.app import ApiApp
from invoicing.api.request_context import Services
from invoicing.domain.access.caller import Caller
from invoicing.domain.invoices.invoice import Invoice
from invoicing.domain.numbering.series import NumberReservation
from invoicing.identifiers import new_id, new_secret
from invoicing.operations.unit_of_work.change_set import Ref
from invoicing.storage.dynamodb.database import Database
from tests.builders import NOW, an_issued_invoice
from tests.fakes import Crash
from tests.http import Response, call_handler, load_handler, request
from tests.storage.conftest import ON_DYNAMODB_LOCAL
from tests.storage.due_site import Dying
from tests.storage.reading import events_of
from tests.storage.site import Site, at_once

pytestmark = [ON_DYNAMODB_LOCAL, pytest.mark.usefixtures("patient")]

LINE = {"description": "Hosting", "quantity": 1, "unit_price": 20}


class Died(BaseException):
    """The process ended here; no handler answers any more."""


class Killed(Dying):
    """A store whose process is killed before or after one of its calls."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = super().__getattr__(name)

        def made(*given: Any, **named: Any) -> Any:
            try:
                return call(*given, **named)
            except Crash:
                raise Died from None

        return made


class OneKey:
    """The API keys of a site, which has one."""

    def __init__(self, account: str) -> None:
        self._account = account

    def use(self, _: str, now: Any) -> Caller:
        assert now == NOW
        return Caller(
            account=self._account,
            key_id="key_1",
            mode="test",
            scopes=frozenset("*"),
            requests_per_hour=1000,
            requests_used=1,
            window_ends=0,
        )


def send(site: Site, file: str, items: list[Any], *, key: str | None = None, store: Any = None) -> Response:
    """One request of a process of its own."""
    app: Any = load_handler(file)
    assert isinstance(app, ApiApp)
    services = Services(
        store=store or site.store,
        api_keys=OneKey(site.account),  # type: ignore[arg-type]  # requests only use it
        clock=lambda: NOW,
        new_id=new_id,
        new_secret=new_secret,
        public_url="",
    )
    app._services = lambda: services
    name = file.partition("/")[0]
    headers = {"Idempotency-Key": key} if key else {}
    event = request("POST", f"/{name}/bulk", {name: items}, key="sk_test_" + "a" * 32, headers=headers)
    return call_handler(app, event)


def invoices(count: int, *, keyed: bool) -> list[Any]:
    new = {"customer_id": "cust_123", "items": [LINE], "send_email": True}
    return [new | ({"idempotency_key": f"order-{number}"} if keyed else {}) for number in range(count)]


def ids(answer: Any) -> list[str]:
    results = answer.data["results"]
    assert [result["status"] for result in results] == [201] * len(results), results
    return [result["data"]["id"] for result in results]


def created(site: Site, database: Database) -> list[str]:
    return [event.resource_id for event in events_of(database, site.account) if event.type == "invoice.created"]


def values(site: Site, answer: Response) -> list[int | None]:
    """The places of the invoices' numbers in their series."""
    numbers = [result["data"]["invoice_number"] for result in answer.data["results"]]
    found = site.store.find_together(*(Ref(NumberReservation, site.account, number) for number in numbers))
    return [reservation.value if reservation else None for reservation in found]


@pytest.mark.parametrize("keyed", [False, True])
def test_the_same_request_6_times_at_once_makes_everything_once(
    site: Site, local_tables: Database, *, keyed: bool
) -> None:
    key = None if keyed else "batch"
    answers = at_once(6, lambda _: send(site, "invoices/create_invoices", invoices(5, keyed=keyed), key=key))
    (made,) = {tuple(ids(answer)) for answer in answers}
    assert sorted(created(site, local_tables)) == sorted(made)
    assert len(set(made)) == 5
    assert isinstance(answers[0], Response)
    assert sorted(value or 0 for value in values(site, answers[0])) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("keyed", [False, True])
def test_killed_anywhere_several_times_at_once_and_sent_again_everything_is_made_once(
    site: Site, local_tables: Database, *, keyed: bool
) -> None:
    """Each of the 8 would die before or after another of its calls; one that comes late finds less to do."""
    key = None if keyed else "batch"

    def dies(index: int) -> bool:
        killed = Killed(site.store, calls=index + 3)
        try:
            send(site, "invoices/create_invoices", invoices(4, keyed=keyed), key=key, store=killed)
        except Died:
            return True
        return False

    assert any(at_once(8, dies))
    last = send(site, "invoices/create_invoices", invoices(4, keyed=keyed), key=key)
    assert sorted(created(site, local_tables)) == sorted(ids(last))
    assert sorted(value or 0 for value in values(site, last)) == [1, 2, 3, 4]


def test_payments_of_several_requests_at_once_never_exceed_what_is_due(site: Site) -> None:
    issued = an_issued_invoice(account=site.account)
    site.keep(issued)
    payments = [{"invoice_id": issued.id, "amount": 100}] * 5
    answers = at_once(6, lambda index: send(site, "payments/record_payments", payments, key=f"batch-{index}"))
    results = [result for answer in answers if isinstance(answer, Response) for result in answer.data["results"]]
    assert sorted(result["status"] for result in results) == [201] * 18 + [422] * 12
    assert {result["error"]["code"] for result in results if "error" in result} == {"AMOUNT_EXCEEDS_DUE"}
    after = site.store.find(Ref(Invoice, site.account, issued.id))
    assert after is not None
    assert (after.amount_paid, after.amount_due) == (180000, 3600)


def test_100_invoices_of_10_lines_are_made_in_time_with_consecutive_numbers(site: Site) -> None:
    items = [item | {"items": [LINE] * 10} for item in invoices(100, keyed=True)]
    began = time.process_time()
    answer = send(site, "invoices/create_invoices", items, key="batch")
    assert time.process_time() - began < 15
    assert values(site, answer) == list(range(1, 101))
    again = send(site, "invoices/create_invoices", items, key="batch")
    assert (again.body, again.headers["Idempotent-Replayed"]) == (answer.body, "true")
