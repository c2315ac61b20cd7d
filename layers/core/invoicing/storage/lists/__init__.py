"""Reading of lists: the choice of an index, its keys, the items of one page, and totals."""
