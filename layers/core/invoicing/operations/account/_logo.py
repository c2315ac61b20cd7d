"""Logos of accounts and templates: made from a file once, kept for good, and drawn on what is issued from then on."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from invoicing.dataclass import dataclass
from invoicing.domain.errors import Detail, ValidationFailed
from invoicing.domain.files.file import File, Purpose, require_file
from invoicing.domain.parties.logo import Image, Logo, UnusableImage
from invoicing.operations.files._first_use import keep_checked, uploaded_content
from invoicing.operations.unit_of_work.ports import FileStore
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork

_FIELD = "logo"


@dataclass(frozen=True, slots=True)
class LogoMaker:
    """What making a logo needs; ``make`` makes the image from a file's content, or raises `UnusableImage`."""

    files: Callable[[], FileStore]
    make: Callable[[bytes, str], Image]


def with_logo(uow: UnitOfWork, values: Mapping[str, Any], before: Logo | None, maker: LogoMaker) -> dict[str, Any]:
    """Return fields of which ``logo`` is the id of a file with the logo itself; today's file is not read again.

    `ValidationFailed` as `logo_from_file`.
    """
    file_id = values.get("logo")
    if file_id is None:
        return dict(values)
    logo = before if before and before.file_id == file_id else logo_from_file(uow, file_id, maker)
    return {**values, "logo": logo}


def logo_from_file(uow: UnitOfWork, file_id: str, maker: LogoMaker) -> Logo:
    """Make a logo and keep its image, which no other takes the place of.

    The file is checked at its first use, as all are (`invoicing.operations.files._first_use`); an image that cannot be
    a logo is no check that was passed. `ValidationFailed` ``FILE_NOT_FOUND``, ``FILE_PURPOSE_INVALID``,
    ``FILE_NOT_UPLOADED``, ``FILE_REJECTED``, ``FILE_TYPE_MISMATCH``, ``IMAGE_TOO_LARGE``.
    """
    file, files = _logo_file(uow, file_id), maker.files()
    content = files.fetch(file.object_name) if file.object_name else uploaded_content(file, files, _FIELD)
    if content is None:
        raise LookupError(f"there is no content of {file.id}")
    try:
        image = maker.make(content, file.content_type)
    except UnusableImage as error:
        advice = "Give a PNG or JPEG of at most 25 megapixels."
        message = f"{file.id} ({file.filename}) cannot be a logo: {error.reason}. {advice}"
        raise ValidationFailed(Detail(_FIELD, message, error.code, file.id)) from error
    if file.checked_at is None:
        keep_checked(uow, file, content, files)
    logo = Logo(
        file_id=file.id,
        sha256=hashlib.sha256(image.content).hexdigest(),
        content_type=image.content_type,
        width=image.width,
        height=image.height,
    )
    files.keep_file(logo.object_name(uow.account), image.content, image.content_type)
    return logo


def _logo_file(uow: UnitOfWork, file_id: str) -> File:
    advice = "upload an image, and name its file, or give null for no logo."
    return require_file(uow.find(File, file_id), file_id, Purpose.LOGO, field=_FIELD, advice=advice)
