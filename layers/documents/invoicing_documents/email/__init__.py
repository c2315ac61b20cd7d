"""The e-mails that bring documents to their customers."""
