"""Webhooks: where events are posted to, how they are signed, and when they are tried again."""
