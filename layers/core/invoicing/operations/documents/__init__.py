"""Documents: storage as PDF, and ordering of their e-mails."""
