"""The rules of invoicing: pure functions on frozen values, without imports of AWS, HTTP or rendering."""
