"""Recurring invoices: schedules that clients make, change, pause, skip and cancel, and what they make by themselves."""
