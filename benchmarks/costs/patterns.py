"""Requests that many operations have in common, in the order in which they are sent."""

KEY = ["UpdateItem"]
"""The key check: checks the key and counts the request at once."""

READ = [*KEY, "GetItem"]
READ_TOGETHER = [*KEY, "BatchGetItem"]
WRITE_NEW = [*KEY, "TransactWriteItems"]
WRITE = [*KEY, "BatchGetItem", "TransactWriteItems"]
WRITE_ONE = [*KEY, "GetItem", "TransactWriteItems"]
FIND_KEY = [*KEY, "Query", "BatchGetItem"]
"""An API key is found in an index by its id, then read as it is now."""

DRAFT = [*READ_TOGETHER, "GetItem"]
CHANGE_DRAFT = [*KEY, "BatchGetItem", "BatchGetItem", "TransactWriteItems"]
"""A draft says whose name it shows: its customer is read after it."""

PART_OF_LIST = [*KEY, "Query", "BatchGetItem"]
"""From 100 to 1,000 entities are counted by a further Query; beyond, their counts come with the BatchGetItem."""

TIMELINE = [*KEY, "GetItem", "Query", "BatchGetItem"]
"""The invoice itself is read first: a list of events of none would be empty."""

RETURN = [*READ_TOGETHER, "BatchGetItem", "TransactWriteItems"]
"""The payment says which invoices, and whose credit, it is about."""

OF_INVOICE = [*READ, "BatchGetItem"]
"""The invoice names its payments."""

PAGE = ["GetItem", "BatchGetItem"]
"""A page's token leads to its link, and that to the invoice and, in test mode, the test clock."""

CLOCK = ["GetItem"]
"""In test mode, whatever does not begin with the key check reads the test clock."""

NOTE, MAIL = ["TransactWriteItems"], ["SendRawEmail"]
COUNT = ["BatchGetItem", "BatchGetItem", "TransactWriteItems"]
"""What is counted already says which figures change."""
