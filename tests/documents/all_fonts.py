"""Which fonts documents are drawn with here: those of the repository, or all that a build makes."""

from pathlib import Path

from invoicing.domain import fonts
from invoicing_documents.pdf import runs, typesetter


def draw_with(file: Path, folder: Path) -> None:
    """Draw with the fonts of a folder from now on, which have the characters that a file names."""
    fonts.FILE, typesetter.FONTS = file, folder
    for cached in (fonts.faces, runs.line_of, runs._face, runs._ordered, typesetter._advances):
        cached.cache_clear()
