"""What schedules do."""
