"""Credit notes: issue and send them."""
