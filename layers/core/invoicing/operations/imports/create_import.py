"""Begin an import."""

from dataclasses import field, replace

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Conflict, Detail, ValidationFailed
from invoicing.domain.files.file import ALLOWED, File, Purpose, not_uploaded, rejected, require_file
from invoicing.domain.files.types import CSV, JSONL
from invoicing.domain.imports.data_import import IMPORT_RUN, Format, Import, ImportRun, ImportType, Reading
from invoicing.operations.imports._store import ImportStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_FIELD = "file"
_TYPES = {"csv": CSV, "jsonl": JSONL}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewImport:
    """The input of an import, which has either ``data`` or the id of a file."""

    type: ImportType
    format: Format
    file_id: str | None = None
    data: str | None = None
    reading: Reading = field(default_factory=Reading)
    dry_run: bool = False
    reminders: bool = False


def create_import(uow: UnitOfWork, new: NewImport, objects: ImportStore, *, page_url: str) -> Import:
    """Keep the file as it is now, and let the import begin with the next tick; one at a time.

    `ValidationFailed` ``FILE_NOT_FOUND``, ``FILE_PURPOSE_INVALID``, ``FILE_NOT_UPLOADED``, ``FILE_REJECTED``,
    ``FILE_TOO_LARGE``; `Conflict` ``IMPORT_RUNNING``.
    """
    _require_none(uow)
    identifier = uow.new_id("import")
    given = Import(
        account=uow.account,
        id=identifier,
        type=new.type,
        format=new.format,
        file_id=new.file_id,
        size=0,
        reading=new.reading,
        dry_run=new.dry_run,
        reminders=new.reminders,
        page_url=page_url,
        created_at=uow.now,
        updated_at=uow.now,
    )
    made = _with_source(uow, given, new.data, objects)
    uow.changes.save(made)
    run = ImportRun(account=uow.account, import_id=made.id, due_at=uow.real_now)
    uow.changes.save(run, on_conflict=_running)
    return made


def _with_source(uow: UnitOfWork, given: Import, data: str | None, objects: ImportStore) -> Import:
    """Return the import with the size of its file, of which it has a copy of its own."""
    if data is not None:
        content = data.encode()
        objects.keep_file(given.source, content, _TYPES[given.format])
        return replace(given, size=len(content))
    file_id = given.file_id or ""
    advice = "upload it with the purpose import, or send its content as data."
    file = require_file(uow.find(File, file_id), file_id, Purpose.IMPORT, field=_FIELD, advice=advice)
    copied = objects.copy_upload(file.upload_name, given.source)
    if copied is None:
        raise not_uploaded(file, _FIELD)
    if copied.is_rejected:
        raise rejected(file, _FIELD)
    most = ALLOWED[Purpose.IMPORT].size
    if copied.size > most:
        message = f"{file_id} has {copied.size:,} bytes instead of at most {most:,}."
        raise ValidationFailed(Detail(_FIELD, message, "FILE_TOO_LARGE", file_id))
    return replace(given, size=copied.size)


def _require_none(uow: UnitOfWork) -> None:
    """Refuse at once what the transaction would refuse, before the file is copied."""
    if run := uow.find(ImportRun, IMPORT_RUN):
        raise _running(run)


def _running(run: ImportRun) -> Conflict:
    message = f"{run.import_id} is under way, and an account has one import at a time; wait for it, or stop it."
    return Conflict("IMPORT_RUNNING", message, existing_resource=f"/imports/{run.import_id}")
