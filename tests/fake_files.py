"""A store of files in memory."""

from collections.abc import Callable, Iterable, Sequence

from invoicing.domain.exports.export import Part
from invoicing.operations.imports._store import UploadSize
from invoicing.operations.unit_of_work.ports import Upload, UploadForm
from tests.fakes import FakeObjectStore


class FakeFileStore(FakeObjectStore):
    """Keeps uploads and files in memory; ``rejected`` are uploads that a scanner found bad."""

    smallest_part = 5_242_880

    def __init__(self) -> None:
        super().__init__()
        self.uploads: dict[str, bytes] = {}
        self.rejected: set[str] = set()
        self.ranges = 0
        self.multipart: dict[str, dict[int, bytes]] = {}
        self.while_removing: Callable[[], object] = lambda: None

    def upload_form(self, name: str, content_type: str, size: int, seconds: int) -> UploadForm:
        fields = {"key": name, "type": content_type, "size": str(size), "seconds": str(seconds)}
        return UploadForm("https://uploads.example", fields)

    def fetch_upload(self, name: str) -> Upload | None:
        return Upload(self.uploads[name], name in self.rejected) if name in self.uploads else None

    def copy_upload(self, name: str, to: str) -> UploadSize | None:
        if name not in self.uploads:
            return None
        self.kept[to] = self.uploads[name]
        return UploadSize(len(self.uploads[name]), name in self.rejected)

    def fetch_range(self, name: str, offset: int, length: int) -> bytes:
        self.ranges += 1
        return self.kept[name][offset : offset + length]

    def replace(self, name: str, content: bytes) -> None:
        self.kept[name] = content

    def join(self, name: str, parts: Iterable[bytes]) -> None:
        self.kept[name] = b"".join(parts)

    def begin_upload(self, name: str) -> str:
        upload_id = f"upload {len(self.multipart)} of {name}"
        self.multipart[upload_id] = {}
        return upload_id

    def upload_part(self, name: str, upload_id: str, number: int, content: bytes) -> str:
        assert upload_id.endswith(name)
        assert 1 <= number <= 10_000
        self.multipart[upload_id][number] = content
        return f"tag of {content[:9]!r}, {len(content)}"

    def complete_upload(self, name: str, upload_id: str, parts: Sequence[Part]) -> None:
        uploaded = self.multipart.pop(upload_id, None)
        if uploaded is None:
            assert name in self.kept
            return
        numbers = [part.number for part in parts]
        assert numbers == sorted(set(numbers)), "S3 takes parts in the order of their numbers"
        contents = [uploaded[number] for number in numbers]
        assert min(map(len, contents[:-1]), default=self.smallest_part) >= self.smallest_part
        assert [part.etag for part in parts] == [f"tag of {each[:9]!r}, {len(each)}" for each in contents]
        self.kept[name] = b"".join(contents)

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
