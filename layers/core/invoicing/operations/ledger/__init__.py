"""The customer ledger: what every movement of money writes."""
