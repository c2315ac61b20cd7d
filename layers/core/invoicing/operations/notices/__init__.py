"""Notices: what accounts are told of their e-mails that failed."""
