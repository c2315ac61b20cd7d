"""Memos: write them down."""
