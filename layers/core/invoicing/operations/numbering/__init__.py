"""Numbers: how a document gets the next one of its series."""
