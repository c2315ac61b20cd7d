"""The parts every kind is built from: the connection, the base record, the codec of items, table names."""
