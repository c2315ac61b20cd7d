"""Reactions to events: e-mails and list counters."""
