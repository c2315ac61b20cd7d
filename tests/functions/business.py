"""One business that many requests are sent to: for tests that change nothing, or do not care what they change."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from invoicing.api.app import ApiApp
from invoicing.domain.access.caller import HOUR, SCOPES, STANDARD_LIMIT
from invoicing.domain.exports.export import ExportStatus
from invoicing.domain.imports.data_import import Import, ImportStatus
from invoicing.domain.recurring.recurring_invoice import RecurringInvoice
from invoicing.operations.unit_of_work.change_set import ChangeSet, Ref
from invoicing.wiring import wiring
from tests.aws import Aws, deployed, kept_session
from tests.builders import an_export
from tests.functions.conftest import NEW_INVOICE
from tests.functions.keys import NEVER_USED_UP, change_key
from tests.http import Response, a_key, call_handler, request
from tests.prepared import prepared
from tests.sending import a_suppression
from tests.structure.project import sample_events
from tests.template import read_template
from tools.openapi import NO_PATH, operations

NOW = datetime(2026, 11, 22, 12, 34, 56, tzinfo=UTC)
USED_KEY = "used-before"
_COUNTED = frozenset({"hour", "requests_used"})

BODIES: Mapping[str, Any] = {
    file: json.loads(event["body"]) for file, event in sample_events().items() if event.get("body")
}
"""A body that each operation accepts, by its handler's file: that of its sample event."""


@cache
def apps() -> Mapping[str, ApiApp[Any]]:
    """Every operation that needs a key, and the answer to unknown paths, by its handler's file."""
    return {found.file: found.app for found in operations() if found.app.scope or found.app.path == NO_PATH}


@contextmanager
def open_business() -> "Iterator[Business]":
    """A business on an AWS of its own."""
    with deployed(read_template(), kept_session) as aws:
        vars(wiring())["services"] = replace(wiring().services, clock=lambda: NOW)
        yield prepared(Business)(aws)


class Business:
    """An account with entities in every state that requests care about; it is always the same moment there."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self.key = a_key(email="billing@acme.example")
        change_key(self._aws, self.key, requests_per_hour=NEVER_USED_UP)
        self.customer_id, self.draft_id, self.key_id, self.payment_id, self.note_id = "cust_123", "", "", "", ""
        self.recurring_id, self.template_id, self.webhook_id = "", "", ""
        ada = {"id": self.customer_id, "name": "Ada", "email": "ada@example.com"}
        self._made("customers/create_customer", ada)
        new = NEW_INVOICE
        self.draft_id = self._made("invoices/create_invoice", new)
        self.numbered_id = self._made("invoices/create_invoice", new | {"invoice_number": "TAKEN-1"})
        self.sent_id = self._made("invoices/create_invoice", new | {"send_email": True})
        self.silent_id = self._made("customers/create_customer", {"name": "Without an address"})
        self.archived_id = self._made("customers/create_customer", {"name": "Left"})
        self._made("invoices/create_invoice", new | {"customer_id": self.archived_id})
        self.ask("customers/delete_customer", customer_id=self.archived_id)
        self._made("customers/create_customer", {"name": "Once"}, headers={"Idempotency-Key": USED_KEY})
        self.void_id = self._made("invoices/create_invoice", new)
        self.ask("invoices/void_invoice", {}, invoice_id=self.void_id)
        self.ask("account/update_account", {"numbering": {"assign_on": "create", "next": 5}})
        self.counted_id = self._made("invoices/create_invoice", new)
        self.ask("account/update_account", {"numbering": {"assign_on": "issue"}, "books_locked_until": "1999-12-31"})
        self._settle()
        self._recur()
        self._suppress()
        self._import()
        self._export()
        self._design()
        self._hook()
        self._make_keys()
        self._freeze()

    def _settle(self) -> None:
        """Invoices that are paid, credited and in yen, payments that are there and that went back."""
        self.line_id = self.ask("invoices/get_invoice", invoice_id=self.sent_id).data["items"][0]["id"]
        paid, self.credited_id, self.yen_id = (
            self._made("invoices/create_invoice", NEW_INVOICE | {"send_email": True, "currency": currency})
            for currency in ("USD", "USD", "JPY")
        )
        self.reversed_id, self.refunded_id, self.payment_id = (
            self._made("payments/record_invoice_payment", {"amount": 10}, invoice_id=paid) for _ in range(3)
        )
        self.ask("payments/reverse_payment", {"reason": "Bounced"}, payment_id=self.reversed_id)
        self.ask("payments/refund_payment", {}, payment_id=self.refunded_id)
        self.note_id = self._made("credit_notes/create_credit_note", {"reason": "All"}, invoice_id=self.credited_id)

    def _recur(self) -> None:
        """A schedule that goes on, one that has ended, and one that has made an invoice."""
        new = BODIES["recurring/create_recurring_invoice"]
        self.recurring_id, self.ended_id = (self._made("recurring/create_recurring_invoice", new) for _ in range(2))
        self.ask("recurring/cancel_recurring_invoice", recurring_id=self.ended_id)
        self.begun_id = self._made("recurring/create_recurring_invoice", new)
        begun = wiring().store.find(Ref(RecurringInvoice, self._partition, self.begun_id))
        assert begun is not None
        changes = ChangeSet()
        changes.save(replace(begun, version=begun.version + 1, invoices_generated=1))
        wiring().store.commit(changes)

    def _import(self) -> None:
        """An import that has ended."""
        self.ended_import_id = "import_1"
        ended = Import(
            account=self._partition,
            id=self.ended_import_id,
            type="customers",
            format="csv",
            size=1,
            status=ImportStatus.COMPLETED,
            created_at=NOW,
            updated_at=NOW,
        )
        changes = ChangeSet()
        changes.save(ended)
        wiring().store.commit(changes)

    def _export(self) -> None:
        """An export that has ended."""
        ended = an_export(account=self._partition, status=ExportStatus.COMPLETED)
        self.ended_export_id = ended.id
        changes = ChangeSet()
        changes.save(ended)
        wiring().store.commit(changes)

    def _design(self) -> None:
        """A template, and the default."""
        new = BODIES["templates/create_template"]
        self.template_id, self.default_template_id = (self._made("templates/create_template", new) for _ in range(2))
        self.ask("templates/set_default_template", template_id=self.default_template_id)

    def _hook(self) -> None:
        """A webhook, and one that is disabled."""
        new = BODIES["webhooks/create_webhook"]
        self.webhook_id, self.disabled_webhook_id = (self._made("webhooks/create_webhook", new) for _ in range(2))
        self.ask("webhooks/update_webhook", {"status": "disabled"}, webhook_id=self.disabled_webhook_id)

    def _suppress(self) -> None:
        """An address that bounced."""
        self.suppressed = "dead@example.com"
        changes = ChangeSet()
        changes.save(a_suppression(self.suppressed, self._partition))
        wiring().store.commit(changes)

    def _freeze(self) -> None:
        """An account with a test clock, for which an invoice waits; and a key whose clock is being advanced."""
        self.live_key, self.clock_key = a_key("live"), a_key()
        for key in (self.live_key, self.clock_key):
            change_key(self._aws, key, requests_per_hour=NEVER_USED_UP)
        frozen = self.ask("test_clock/set_test_clock", {"now": "2028-03-01T00:00:00Z"}, key=self.clock_key)
        assert frozen.status == 201, frozen.body
        customer = self._made("customers/create_customer", {"name": "Later"}, key=self.clock_key)
        new = {"customer_id": customer, "issue_date": "2028-03-01", "due_date": "2028-04-30"}
        invoice_id = self._made("invoices/create_invoice", NEW_INVOICE | new, key=self.clock_key)
        self.ask("invoices/send_invoice", {"send_email": False}, invoice_id=invoice_id, key=self.clock_key)
        _, self.advancing_key = self.new_key("*", clock="7 2028-03-01T00:00:00+00:00 advancing")

    def _make_keys(self) -> None:
        self.key_id, _ = self.new_key("*")
        self.revoked_id, self.revoked_secret = self.new_key("*")
        self.ask("account/revoke_api_key", key_id=self.revoked_id)
        _, self.expired_secret = self.new_key("*", expires_at=int((NOW - timedelta(hours=1)).timestamp()))
        _, self.used_up_secret = self.new_key(
            "*", requests_per_hour=STANDARD_LIMIT, requests_used=STANDARD_LIMIT, hour=int(NOW.timestamp()) // HOUR
        )
        _, self.account_key = self.new_key("account:write")
        _, self.orphaned_key = self.new_key("*", account="acc_gone#test")
        single = {scope for scope in SCOPES if not scope.endswith("*")}
        self.only_key = a_key()
        (only,) = self.ask("account/list_api_keys", key=self.only_key).data
        self.only_id = only["id"]
        self.crowded_key = a_key()
        while self.ask("account/create_api_key", BODIES["account/create_api_key"], key=self.crowded_key).status == 201:
            pass
        for key in (self.only_key, self.crowded_key):
            change_key(self._aws, key, requests_per_hour=NEVER_USED_UP)
        while self.ask("templates/create_template", {"name": "A"}, key=self.crowded_key).status == 201:
            pass
        hook = BODIES["webhooks/create_webhook"]
        while self.ask("webhooks/create_webhook", hook, key=self.crowded_key).status == 201:
            pass
        self.keys_without = {scope: self.new_key(*sorted(single - {scope}))[1] for scope in sorted(single)}

    def ask(
        self,
        file: str,
        body: Any = None,
        *,
        query: str = "",
        unrouted: str = "GET /no/such/path",
        key: str | None = "",
        headers: Mapping[str, str] | None = None,
        **parameters: str,
    ) -> Response:
        """What an operation answers; ``key`` is the account's first unless given, None for none at all.

        ``unrouted`` is a request for ``$default``.
        """
        app = apps()[file]
        known = {
            "customer_id": self.customer_id,
            "invoice_id": self.draft_id,
            "key_id": self.key_id,
            "payment_id": self.payment_id,
            "credit_note_id": self.note_id,
            "recurring_id": self.recurring_id,
            "template_id": self.template_id,
            "webhook_id": self.webhook_id,
        }
        of_sample = sample_events()[file].get("pathParameters") or {}
        parameters = {
            name: value for name, value in (of_sample | known | parameters).items() if f"{{{name}}}" in app.path
        }
        if app.path == NO_PATH:
            method, path = unrouted.split()
        else:
            method, path = app.method, app.path.format(**parameters) + query
        key = self.key if key == "" else key
        return call_handler(app, request(method, path, body, key=key, headers=headers, parameters=parameters))

    def new_key(self, *scopes: str, **changed: Any) -> tuple[str, str]:
        """Id and secret of another key; ``changed`` are attributes of its item."""
        made = self.ask("account/create_api_key", {"name": "Another", "scopes": list(scopes)}).data
        change_key(self._aws, made["key"], **({"requests_per_hour": NEVER_USED_UP} | changed))
        return made["id"], made["key"]

    @property
    def _partition(self) -> str:
        return f"{self.ask('account/get_account').data['id']}#test"

    def stored(self) -> Mapping[str, list[Any]]:
        """Everything in every table, but how often keys were used."""
        return {table: sorted(map(_kept, self._aws.items(table)), key=str) for table in read_template().tables}

    def _made(self, file: str, body: Any, **options: Any) -> str:
        answer = self.ask(file, body, **options)
        assert answer.status == 201, answer.body
        return str(answer.data["id"])


def _kept(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in _COUNTED}
