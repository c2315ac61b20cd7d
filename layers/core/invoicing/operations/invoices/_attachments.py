"""What is attached to a draft: the files are looked at only where there are some."""

from collections.abc import Callable, Sequence

from invoicing.domain.files.attachment import Attachment
from invoicing.operations.unit_of_work.ports import FileStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

Attach = Callable[[UnitOfWork], tuple[Attachment, ...]]
"""Returns what to attach; `ValidationFailed` as `invoicing.operations.files._first_use.attach_files`."""


def nothing(_: UnitOfWork) -> tuple[Attachment, ...]:
    """Attach nothing."""
    return ()


def attaching(file_ids: Sequence[str], files: Callable[[], FileStore]) -> Attach:
    """Return what attaches these files, which are opened only if there are any."""
    if not file_ids:
        return nothing

    def attach(uow: UnitOfWork) -> tuple[Attachment, ...]:
        from invoicing.operations.files._first_use import attach_files  # noqa: PLC0415

        return attach_files(uow, file_ids, files())

    return attach


def attaching_instead(file_ids: Sequence[str] | None, files: Callable[[], FileStore]) -> Attach | None:
    """Return what attaches these files instead of others, None where attachments stay."""
    return None if file_ids is None else attaching(file_ids, files)
