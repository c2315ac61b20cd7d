"""Reports: figures of a period, from running totals."""
