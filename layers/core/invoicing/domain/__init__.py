"""The rules of invoicing: pure functions on frozen values. Imports nothing of AWS, HTTP or rendering."""
