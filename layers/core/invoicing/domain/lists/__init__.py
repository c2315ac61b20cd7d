"""Counters behind the totals of lists."""
