"""Subjects and messages that clients write, in a part of the Jinja2 language: checked when saved, rendered in limits.

Jinja2 parses a text, and `rendering` evaluates the tree itself. Nothing of a client is compiled to Python, and what is
not listed here does not exist: nodes in `parsing`, operators in `operators`, filters in `filters`, variables in
`variables`. Start at `checking.check` and `rendering.render_text`.
"""
