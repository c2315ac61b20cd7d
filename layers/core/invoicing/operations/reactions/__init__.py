"""What follows from events: e-mails and list counters."""
