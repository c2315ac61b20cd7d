"""Reports: running totals by day and by customer, posted from the ledger, and the figures that are made of them."""
