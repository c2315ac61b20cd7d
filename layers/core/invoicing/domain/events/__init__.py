"""What happened, as others learn of it: one file of event types for each resource."""
