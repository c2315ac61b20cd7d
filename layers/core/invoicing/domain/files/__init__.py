"""Files that clients upload: what they may be, what they are called, and whether they are what they say."""
