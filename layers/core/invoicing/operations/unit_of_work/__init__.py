"""One transaction per use case: the unit of work, its change set, backoff, and the ports it needs."""
