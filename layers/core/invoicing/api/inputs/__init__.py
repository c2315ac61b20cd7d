"""Request bodies, validated field by field. Only functions that take a body import pydantic."""
