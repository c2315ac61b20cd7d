"""Reminders: settings, looks at invoices, and the e-mails that follow."""
