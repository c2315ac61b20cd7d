"""E-mails that were requested, and their outcome."""
