"""Templates: how the documents of an account look, and their own texts."""
