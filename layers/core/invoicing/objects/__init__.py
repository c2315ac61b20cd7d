"""Object storage: rendered documents in S3."""
