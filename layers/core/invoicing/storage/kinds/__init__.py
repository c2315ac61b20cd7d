"""Registry of records: one file per stored kind, loaded when its kind is first needed.

A new kind is a new file, and a line here.
"""

from collections.abc import Callable
from importlib import import_module

from invoicing.storage.dynamodb.record import Record

FILES = {
    "invoicing.domain.access.api_key.ApiKey": "api_keys",
    "invoicing.domain.access.key_roster.KeyRoster": "key_rosters",
    "invoicing.domain.credit_notes.credit_note.CreditNote": "credit_notes",
    "invoicing.domain.deliveries.delivery.Delivery": "deliveries",
    "invoicing.domain.deliveries.suppression.FailureStreak": "failure_streaks",
    "invoicing.domain.deliveries.suppression.Suppression": "suppressions",
    "invoicing.domain.erasure.erasure.Erasure": "erasures",
    "invoicing.domain.events.event.Event": "events",
    "invoicing.domain.exports.export.Export": "exports",
    "invoicing.domain.exports.export.ExportRun": "export_runs",
    "invoicing.domain.files.file.File": "files",
    "invoicing.domain.imports.data_import.Import": "imports",
    "invoicing.domain.imports.data_import.ImportRun": "import_runs",
    "invoicing.domain.invoices.invoice.Invoice": "invoices",
    "invoicing.domain.invoices.page_link.PageLink": "page_links",
    "invoicing.domain.invoices.views.InvoiceViews": "invoice_views",
    "invoicing.domain.late_fees.late_fee_change.LateFeeChange": "late_fee_changes",
    "invoicing.domain.ledger.carried_balance.CarriedBalance": "carried_balances",
    "invoicing.domain.ledger.entry.Credit": "customer_credits",
    "invoicing.domain.ledger.entry.LedgerEntry": "ledger_entries",
    "invoicing.domain.ledger.statement_mail.StatementMail": "statement_mails",
    "invoicing.domain.lists.list_counter.CountedState": "counted_states",
    "invoicing.domain.lists.list_counter.ListCounter": "list_counters",
    "invoicing.domain.lists.metadata_change.MetadataChange": "metadata_changes",
    "invoicing.domain.lists.search_rows.SearchRow": "search_rows",
    "invoicing.domain.lists.search_rows.SearchWords": "search_words",
    "invoicing.domain.money.exchange_rates.ExchangeRates": "exchange_rates",
    "invoicing.domain.notices.account_notice.AccountNotice": "account_notices",
    "invoicing.domain.notices.notice_mail.NoticeMail": "notice_mails",
    "invoicing.domain.numbering.series.NumberReservation": "number_reservations",
    "invoicing.domain.numbering.series.NumberSeries": "number_series",
    "invoicing.domain.parties.account.Account": "accounts",
    "invoicing.domain.parties.customer.Customer": "customers",
    "invoicing.domain.parties.time_zone_change.TimeZoneChange": "time_zone_changes",
    "invoicing.domain.payments.credit_payout.CreditPayout": "credit_payouts",
    "invoicing.domain.payments.payment.Payment": "payments",
    "invoicing.domain.portal.portal_link.PortalLink": "portal_links",
    "invoicing.domain.portal.portal_link.PortalRequests": "portal_requests",
    "invoicing.domain.portal.portal_link.PortalToken": "portal_tokens",
    "invoicing.domain.recurring.recurring_invoice.RecurringInvoice": "recurring_invoices",
    "invoicing.domain.recurring.schedule_change.ScheduleChange": "schedule_changes",
    "invoicing.domain.reminders.account_reminders.AccountReminders": "account_reminders",
    "invoicing.domain.reminders.customer_reminder.CustomerReminder": "customer_reminders",
    "invoicing.domain.reminders.reminder_change.ReminderChange": "reminder_changes",
    "invoicing.domain.reminders.reminder_mail.ReminderMail": "reminder_mails",
    "invoicing.domain.reminders.state.InvoiceReminders": "invoice_reminders",
    "invoicing.domain.templates.template.Template": "templates",
    "invoicing.domain.reports.totals.PostedEntry": "posted_entries",
    "invoicing.domain.reports.totals.ReportTotal": "report_totals",
    "invoicing.domain.test_clocks.test_clock.TestClock": "test_clocks",
    "invoicing.domain.webhooks.delivery.WebhookDelivery": "webhook_deliveries",
    "invoicing.domain.webhooks.replay.WebhookReplay": "webhook_replays",
    "invoicing.domain.webhooks.state.WebhookState": "webhook_states",
    "invoicing.domain.webhooks.webhook.Webhook": "webhooks",
    "invoicing.domain.webhooks.webhook.WebhookRoster": "webhook_rosters",
    "invoicing.operations.unit_of_work.change_set.IdempotencyRecord": "idempotency_records",
}
"""The file of each class, by name: importing the classes here would load them all."""

DUE_KINDS = {
    "Invoice": "invoices",
    "RecurringInvoice": "invoices",
    "ScheduleChange": "invoices",
    "InvoiceReminders": "invoices",
    "CustomerReminder": "invoices",
    "ReminderChange": "invoices",
    "AccountNotice": "invoices",
    "LateFeeChange": "jobs",
    "MetadataChange": "jobs",
    "TestClock": "jobs",
    "TimeZoneChange": "jobs",
    "ExportRun": "jobs",
    "ImportRun": "jobs",
    "Erasure": "jobs",
    "WebhookState": "webhooks",
}
"""The table of each class whose entities have due work, by its name; the first of a table is the one it is for."""

REAL_TIME = frozenset({"jobs", "webhooks"})
"""The tables whose due work waits for real time, also where the account has a test clock."""

_PREFIXES = {
    "RecurringInvoice": "recurring#",
    "ScheduleChange": "schedule_change#",
    "InvoiceReminders": "reminders#",
    "CustomerReminder": "reminders#",
    "ReminderChange": "reminder_change#",
    "AccountNotice": "notice#",
    "WebhookState": "state#",
}

_records: dict[type, type[Record]] = {}


def prefix_of(kind: str) -> str:
    """Return what the key of an item has before the id, of a class with due work."""
    return _PREFIXES.get(kind, "")


def stores[R: type](kind: type) -> Callable[[R], R]:
    """Class decorator: registers the record of a kind."""

    def declare(record: R) -> R:
        _records[kind] = record
        return record

    return declare


def record_of(kind: type) -> type[Record]:
    """Return the record of a kind; `KeyError` for a class that is not stored."""
    if kind not in _records:
        import_module(f"{__name__}.{FILES[f'{kind.__module__}.{kind.__qualname__}']}")
    return _records[kind]
