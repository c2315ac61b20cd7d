"""Errors of memos."""

from tests.functions.error_rows import missing

ROWS = [missing("MEMO_NOT_FOUND", "memos/get_memo", memo_id="no")]
