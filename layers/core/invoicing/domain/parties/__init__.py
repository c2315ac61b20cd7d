"""The senders and recipients of invoices."""
