"""The customer ledger: entries, credit, balances and statements."""
