"""Documents: how each is kept, sent and ordered by e-mail."""
