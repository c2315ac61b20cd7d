"""What each list may be filtered and sorted by: one file for each resource."""
