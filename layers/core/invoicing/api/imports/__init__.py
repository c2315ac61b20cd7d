"""Rows of imports: read as the bodies of requests that they stand for."""
