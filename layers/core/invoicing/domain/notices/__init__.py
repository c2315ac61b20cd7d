"""What accounts learn of e-mails, schedules and webhooks that failed."""
