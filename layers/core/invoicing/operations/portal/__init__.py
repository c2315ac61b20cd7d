"""Portal links and the portal that they open."""
