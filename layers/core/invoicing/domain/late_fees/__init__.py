"""Late fees and interest: what a late invoice may be charged, and when."""
