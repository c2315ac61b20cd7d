"""Use cases of deliveries and suppressions."""
