"""A store of files in memory."""

from collections.abc import Callable

from invoicing.operations.unit_of_work.ports import Upload, UploadForm
from tests.fakes import FakeObjectStore


class FakeFileStore(FakeObjectStore):
    """Keeps uploads and files in memory; ``rejected`` are uploads that a scanner found bad."""

    def __init__(self) -> None:
        super().__init__()
        self.uploads: dict[str, bytes] = {}
        self.rejected: set[str] = set()
        self.while_removing: Callable[[], object] = lambda: None

    def upload_form(self, name: str, content_type: str, size: int, seconds: int) -> UploadForm:
        fields = {"key": name, "type": content_type, "size": str(size), "seconds": str(seconds)}
        return UploadForm("https://uploads.example", fields)

    def fetch_upload(self, name: str) -> Upload | None:
        return Upload(self.uploads[name], name in self.rejected) if name in self.uploads else None

    def keep_file(self, name: str, content: bytes, content_type: str) -> bytes:
        assert content_type
        return self.keep(name, content)

    def link_to_file(self, name: str, file_name: str, content_type: str, seconds: int) -> str:
        return f"{self.link(name, file_name, seconds)}&type={content_type}"

    def remove(self, *beginnings: str) -> None:
        self.while_removing()
        for objects in (self.kept, self.uploads):
            for name in [name for name in objects if name.startswith(beginnings)]:
                del objects[name]
