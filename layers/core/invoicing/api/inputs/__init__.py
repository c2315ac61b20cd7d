"""Request bodies: what clients may send, checked field by field. Only functions that take a body import pydantic."""
