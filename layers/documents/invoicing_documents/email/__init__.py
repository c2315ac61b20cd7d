"""The e-mails that deliver documents to customers."""
