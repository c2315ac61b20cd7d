"""Test clocks: frozen time of an account's test mode."""
