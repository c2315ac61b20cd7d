"""The types of files, as media types."""

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
CSV = "text/csv"
JSONL = "application/x-ndjson"
TEXT = "text/plain"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    CSV: (".csv",),
    JSONL: (".jsonl", ".ndjson"),
    TEXT: (".txt",),
    XLSX: (".xlsx",),
}
"""The endings of the names of each type, the usual one first."""
