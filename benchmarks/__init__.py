"""What the project promises of speed and cost, measured; README.md has the totals."""
