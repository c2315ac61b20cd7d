"""Money: amounts, currencies, exchange rates and tax."""
