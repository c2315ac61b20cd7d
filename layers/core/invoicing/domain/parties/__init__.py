"""Who sends an invoice and who receives it."""
