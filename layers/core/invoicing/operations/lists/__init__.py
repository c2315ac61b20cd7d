"""Lists: what a client asks for, and the texts that order it."""
