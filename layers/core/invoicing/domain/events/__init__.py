"""Event types, one file for each resource."""
