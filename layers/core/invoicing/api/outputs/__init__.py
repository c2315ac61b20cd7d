"""Response bodies, as the contract writes them."""
