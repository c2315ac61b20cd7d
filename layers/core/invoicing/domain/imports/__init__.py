"""Imports: what other systems wrote, read row by row, and where an import stands."""
