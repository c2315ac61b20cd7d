"""Thin adapters to the services that carry things away: bus, mail, documents."""
