"""The portal: a customer's own page with all its documents."""
