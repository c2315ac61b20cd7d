"""Response bodies, as the API reference describes them."""
