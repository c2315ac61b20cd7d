"""Use cases of exports."""
