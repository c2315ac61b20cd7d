"""Ids of the entities that an account has once: profile and exchange rates."""

PROFILE = "profile"
"""The id of an account among the entities of its partition."""

RATES = "exchange-rates"
"""The id of an account's exchange rates."""
