"""Imports of customers: what becomes of each row, also a second time."""

import pytest

from invoicing.domain.errors import Conflict, ValidationFailed
from invoicing.domain.events.event import Actor
from invoicing.domain.files.file import File, Purpose, declared_file
from invoicing.domain.imports.data_import import Import, ImportRun
from invoicing.domain.parties.customer import Customer
from invoicing.operations.imports.create_import import NewImport, create_import
from tests.builders import ACCOUNT, NOW
from tests.fakes import FakeStore
from tests.operations.imports.importing import Importing, counted

ADA, BO, CY = "cust_c1,Ada,ada@x.example,Berlin", "cust_c2,Bo,,Paris", "cust_c3,Cy,,"
HEADER = "id,name,email,address.city"


def table(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


def named(store: FakeStore) -> dict[str, Customer]:
    return {customer.id: customer for customer in store.all(Customer) if customer.id != "cust_123"}


def test_rows_become_customers_with_the_import_as_actor(importing: Importing, store: FakeStore) -> None:
    before = set(store.events)
    ended = importing.run(table(ADA, BO, CY))
    assert (ended.status, counted(ended)) == ("completed", (3, 0, 0, 0))
    found = named(store)
    assert {(each.name, each.email, each.address and each.address.city) for each in found.values()} == {
        ("Ada", "ada@x.example", "Berlin"),
        ("Bo", None, "Paris"),
        ("Cy", None, None),
    }
    events = [store.events[key] for key in sorted(store.events) if key not in before]
    assert [event.type for event in events] == ["customer.created"] * 3 + ["import.completed"]
    assert {event.actor for event in events[:3]} == {Actor("import", ended.id)}
    assert not store.all(ImportRun)


@pytest.mark.parametrize("header", [HEADER, "name,email,address.city"])
def test_the_same_file_again_is_skipped(importing: Importing, store: FakeStore, header: str) -> None:
    rows = [ADA, BO, CY] if header == HEADER else [row.partition(",")[2] for row in (ADA, BO, CY)]
    first, again = (importing.run(table(*rows, header=header)) for _ in range(2))
    assert [counted(first), counted(again)] == [(3, 0, 0, 0), (0, 0, 3, 0)]
    assert len(named(store)) == 3


def test_a_row_with_an_own_id_updates_what_it_gives(importing: Importing, store: FakeStore) -> None:
    importing.run(table(ADA, BO))
    ended = importing.run(table("cust_c1,Ada Ltd", "cust_c2,Bo", header="id,name"))
    assert counted(ended) == (0, 1, 1, 0)
    ada = named(store)["cust_c1"]
    assert (ada.name, ada.email) == ("Ada Ltd", "ada@x.example")


def test_equal_rows_count_once_and_other_rows_of_an_identity_fail(importing: Importing, store: FakeStore) -> None:
    ended = importing.run(table(ADA, ADA, ADA.replace("Ada", "Eve")))
    assert counted(ended) == (1, 0, 1, 1)
    assert [(row["error_line"], row["error_code"], row["name"]) for row in importing.errors(ended)] == [
        ("4", "ROW_REPEATED", "Eve")
    ]
    assert named(store)["cust_c1"].name == "Ada"


def test_a_dry_run_says_the_same_and_writes_nothing(importing: Importing, store: FakeStore) -> None:
    rows = table(ADA, "cust_c2,,bo@x.example,", "cust_123,New,,")
    dry = importing.run(rows, dry_run=True)
    assert not named(store)
    assert store.entities[Customer, ACCOUNT, "cust_123"].name != "New"
    assert [key for key in store.event_types() if key != "import.completed"] == []
    real = importing.run(rows)
    assert (dry.status, counted(dry)) == (real.status, counted(real)) == ("completed_with_errors", (1, 1, 0, 1))
    assert importing.errors(dry) == importing.errors(real)


def test_failed_rows_can_be_corrected_and_imported(importing: Importing, store: FakeStore) -> None:
    bad = 'cust_c2,"=1+1 ""Bo"";\nand more",nobody,'
    ended = importing.run(table(ADA, bad, CY))
    assert counted(ended) == (2, 0, 0, 1)
    content = importing.objects.kept[ended.errors].decode("utf-8-sig")
    assert "'=1+1" in content, "no spreadsheet runs it"
    assert content.splitlines()[1].startswith("3,EMAIL_INVALID,email,nobody,")
    corrected = importing.run(content.replace(",nobody,\r\n", ",bo@x.example,\r\n"))
    assert counted(corrected) == (1, 0, 0, 0)
    assert named(store)["cust_c2"].name == '=1+1 "Bo";\nand more'


def test_json_lines(importing: Importing, store: FakeStore) -> None:
    rows = '{"id": "cust_c1", "name": "Ada", "metadata": {"old": "7"}}\n\n[1]\n{"name": "Bo", "email": 1}\n{"id": \n'
    ended = importing.run(rows, format="jsonl")
    assert counted(ended) == (1, 0, 0, 3)
    assert named(store)["cust_c1"].metadata == {"old": "7"}
    errors = [row["error"] for row in importing.errors(ended)]
    assert [(each["line"], each["code"], each["field"]) for each in errors] == [
        (3, "ROW_INVALID", ""),
        (4, "TYPE_INVALID", "email"),
        (5, "ROW_INVALID", ""),
    ]


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        ("id,nam\n1,Ada\n", "COLUMN_UNKNOWN", "nam. Known are: locale, locales[0], trading_name, email"),
        ("name,name\nAda,Ada\n", "COLUMN_REPEATED", "name"),
        ("name\n", "FILE_EMPTY", "no rows"),
        (b"", "FILE_EMPTY", "no rows"),
        ("name,email\n" * 3 + 'Ada,"x\n' + "y\n" * 9, "FILE_UNREADABLE", "line 4: a quote is not closed"),
        (
            b"name\n" + b"Ada\n" * 5 + b"M\xfcller\n",
            "ENCODING_INVALID",
            "line 7, byte 0xFC: not UTF-8; say encoding: win",
        ),
        ("name\nAda\n".encode("utf-16"), "ENCODING_INVALID", "byte 0xFF"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    importing: Importing, store: FakeStore, data: str | bytes, code: str, says: str
) -> None:
    ended = importing.run(data)
    assert ended.failure is not None
    assert (ended.status, ended.failure.code) == ("failed", code)
    assert says in ended.failure.message
    assert (counted(ended), named(store)) == ((0, 0, 0, 0), {})
    assert store.event_types()[-1] == "import.completed"


def test_other_encodings_and_delimiters(importing: Importing, store: FakeStore) -> None:
    data = "name;address.city\r\nMüller & Söhne, € GmbH;Köln\r\n".encode("windows-1252")
    assert counted(importing.run(data, encoding="windows-1252")) == (1, 0, 0, 0)
    (customer,) = named(store).values()
    assert customer.name == "Müller & Söhne, € GmbH"


def test_one_import_at_a_time(importing: Importing) -> None:
    first = importing.begin(table(ADA))
    with pytest.raises(Conflict) as refused:
        importing.begin(table(BO))
    assert (refused.value.code, refused.value.extra["existing_resource"]) == ("IMPORT_RUNNING", f"/imports/{first.id}")
    importing.slice()
    assert importing.read(first.id).status == "completed"
    importing.begin(table(BO))


def test_of_two_imports_begun_at_once_one_is_refused(importing: Importing, store: FakeStore) -> None:
    store.before_next_commit(lambda: importing.begin(table(ADA)))
    with pytest.raises(Conflict):
        importing.begin(table(BO))
    assert len(store.all(Import)) == 1


@pytest.mark.parametrize(
    ("purpose", "upload", "code"),
    [
        (None, b"x", "FILE_NOT_FOUND"),
        (Purpose.ATTACHMENT, b"x", "FILE_PURPOSE_INVALID"),
        (Purpose.IMPORT, None, "FILE_NOT_UPLOADED"),
        (Purpose.IMPORT, b"virus", "FILE_REJECTED"),
        (Purpose.IMPORT, b"x" * 50_000_001, "FILE_TOO_LARGE"),
    ],
)
def test_files_that_cannot_be_imported(
    importing: Importing, store: FakeStore, purpose: Purpose | None, upload: bytes | None, code: str
) -> None:
    office = importing.office
    name = f"uploads/{ACCOUNT}/file_1"
    if purpose:
        declared = {"filename": "a.csv", "content_type": "text/csv", "size": 9, "now": NOW}
        store.keep(declared_file(ACCOUNT, "file_1", purpose=purpose, **declared))  # type: ignore[arg-type]
    if upload is not None:
        importing.objects.uploads[name] = upload
    if upload == b"virus":
        importing.objects.rejected.add(name)
    new = NewImport(type="customers", format="csv", file_id="file_1")
    with pytest.raises(ValidationFailed) as refused:
        office.run_use_case(lambda uow: create_import(uow, new, importing.objects, page_url=""))
    assert refused.value.details[0].code == code
    assert not store.all(Import)


def test_what_is_uploaded_afterwards_changes_nothing(importing: Importing, store: FakeStore) -> None:
    declared = declared_file(
        ACCOUNT, "file_1", purpose=Purpose.IMPORT, filename="a.csv", content_type="text/csv", size=99, now=NOW
    )
    store.keep(declared)
    importing.objects.uploads[declared.upload_name] = table(ADA).encode()
    importing.begin(None, file_id="file_1")
    importing.objects.uploads[declared.upload_name] = b"nonsense"
    importing.slice()
    assert list(named(store)) == ["cust_c1"]
    assert store.all(File) == [declared]
