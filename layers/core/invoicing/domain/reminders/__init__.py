"""Reminders: when customers are asked for what is due, and when they are not."""
