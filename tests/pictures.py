"""Images as clients upload them."""

import io
from typing import Any

from PIL import Image

RED, WHITE, BLUE = (255, 0, 0), (255, 255, 255), (0, 0, 255)


def file_of(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """The file of a picture."""
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def picture_of(content: bytes) -> Image.Image:
    """The picture in a file."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def blue_with_corner(mode: str = "RGBA", size: tuple[int, int] = (200, 100)) -> Image.Image:
    """A blue picture whose upper left quarter is red, and wholly transparent where the mode has that."""
    picture = Image.new(mode, size, BLUE)
    corner = (*RED, 0) if mode == "RGBA" else RED
    picture.paste(corner, (0, 0, size[0] // 2, size[1] // 2))
    return picture


LOGO = file_of(blue_with_corner())
"""A small logo, partly transparent."""
