"""Foundations of all kinds: the connection, the base record, the item codec, table names."""
