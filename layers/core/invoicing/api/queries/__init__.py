"""Filters and sort fields of lists: one file for each resource."""
