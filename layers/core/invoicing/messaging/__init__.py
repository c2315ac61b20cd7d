"""Adapters to messaging services: event bus and mail; the frames of reactions and schedules."""
