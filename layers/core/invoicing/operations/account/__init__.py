"""The account: its profile, numbering, exchange rates and API keys."""
