"""Use cases of the test clock."""
