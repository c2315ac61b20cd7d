"""The customer ledger: the entries and credit that money movements write."""
