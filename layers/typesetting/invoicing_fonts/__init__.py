"""The font files that documents embed; see README.md beside this file."""
