"""Lists: queries, pages, and the texts that sort them."""
