"""Images that clients upload, made into logos: decoded within limits and encoded again, in sRGB and without metadata.

Pillow is imported when the first image is read.
"""

import base64
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from invoicing.domain.files.types import JPEG, PNG
from invoicing.domain.parties.logo import HIGHEST, MOST_BYTES, MOST_PIXELS, WIDEST, Image, UnusableImage

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_MOST_SCANS = 100  # of a JPEG; each goes over the whole image, and a few bytes are enough for one
_MOST_DRAWN = 250_000  # bytes of an image in a PDF, where it has no filters as in PNG
_ORIENTATION = 0x0112  # EXIF; from 5 on, width and height change places
_SMALLER = 0.7
_FORMATS: dict[str, str] = {PNG: "PNG", JPEG: "JPEG"}
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, zlib.error)


def logo_image(content: bytes, content_type: str) -> Image:
    """Return an image as a logo: upright, in sRGB, transparent where it was, and at most 1417 by 590 pixels.

    It is scaled down where it has more pixels or more than 100 kB, never up, and never cropped. Of an animation it is
    the first picture. `UnusableImage` for what has more than 25 megapixels, as its header says, and for what is
    damaged.
    """
    from PIL import Image as Pillow  # noqa: PLC0415

    if content_type == JPEG and content.count(b"\xff\xda") > _MOST_SCANS:
        raise UnusableImage("IMAGE_TOO_LARGE", f"it is built up in more than {_MOST_SCANS} steps")
    try:
        with warnings.catch_warnings(action="ignore"):
            picture = Pillow.open(io.BytesIO(content), formats=[_FORMATS[content_type]])
            _require_size(picture.size)
            made = _standard(picture)
    except Pillow.DecompressionBombError as error:
        raise UnusableImage("IMAGE_TOO_LARGE", _TOO_MANY) from error
    except _BROKEN as error:
        raise UnusableImage("FILE_TYPE_MISMATCH", "the image is damaged") from error
    return next(image for image in _encodings(made, photo=content_type == JPEG) if image)


_TOO_MANY = f"it has more than {MOST_PIXELS:,} pixels"


def _require_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise UnusableImage("IMAGE_TOO_LARGE", _TOO_MANY)


def _standard(picture: "Picture") -> "Picture":
    """Return a picture that fits the box, upright, in 8 bits of RGB, or RGBA where any of it is transparent."""
    from PIL.Image import Resampling, Transpose  # noqa: PLC0415

    profile, orientation = picture.info.get("icc_profile"), picture.getexif().get(_ORIENTATION)
    width, height = picture.size[::-1] if orientation in {5, 6, 7, 8} else picture.size
    share = min(WIDEST / width, HIGHEST / height, 1)
    size = _scaled(picture.size, share)
    picture.draft(None, (size[0] * 2, size[1] * 2))  # a JPEG is decoded smaller at once
    picture = _in_plain_mode(picture)
    if size != picture.size:
        picture = picture.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    made = _in_srgb(picture, profile)
    if made.mode == "RGBA" and made.getchannel("A").getextrema()[0] == 255:
        made = made.convert("RGB")
    turns = {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
    }  # fmt: skip
    if orientation in turns:
        made = made.transpose(turns[orientation])
    made.info = {}
    return made


def _scaled(size: tuple[int, int], share: float) -> tuple[int, int]:
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _in_plain_mode(picture: "Picture") -> "Picture":
    """Return a picture in 8 bits a colour, in L, RGB, RGBA or CMYK, whose pixels can be mixed."""
    if picture.mode.startswith("I"):
        return _of_deep_grey(picture)
    if picture.mode == "P" and picture.palette is None:
        raise ValueError("a palette is missing")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def _of_deep_grey(picture: "Picture") -> "Picture":
    """Return 16 bits of grey, which a conversion cuts off at white, as L, or as RGBA where one grey is transparent."""
    deep, clear = picture.convert("I"), picture.info.get("transparency")
    grey = deep.point(lambda value: value * (1 / 256) + 0).convert("L")
    if clear is None:
        return grey
    from PIL import ImageChops  # noqa: PLC0415

    # A conversion cuts off below 0, too: what differs from the transparent grey is above 0 in one of these.
    lighter = deep.point(lambda value: value * 1 - clear).convert("L")
    darker = deep.point(lambda value: value * -1 + clear).convert("L")
    made = grey.convert("RGBA")
    made.putalpha(ImageChops.add(lighter, darker).point(lambda difference: 255 if difference else 0))
    return made


def _in_srgb(picture: "Picture", profile: bytes | None) -> "Picture":
    """Convert colours by the picture's own profile; a profile that is wrong is as good as none."""
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    if not profile:
        return picture.convert(target)
    from PIL import ImageCms  # noqa: PLC0415

    alpha = picture.getchannel("A") if target == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    try:
        given: Any = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(colours, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return picture.convert(target)
    made = converted or colours.convert("RGB")
    if alpha:
        made.putalpha(alpha)
    return made


def _encodings(picture: "Picture", *, photo: bool) -> Iterator[Image | None]:
    """Encode a picture, each time in fewer bytes; None for what has still too many."""
    from PIL import Image as Pillow  # noqa: PLC0415

    while True:
        if picture.mode == "RGBA" or not photo:
            yield _png(picture)
        if picture.mode == "RGBA":
            yield _png(picture.quantize(256, Pillow.Quantize.FASTOCTREE))
        else:
            for quality in (90, 80, 70):
                yield _encoded(picture, JPEG, quality=quality, optimize=True)
        picture = picture.resize(_scaled(picture.size, _SMALLER), Pillow.Resampling.LANCZOS)


def _png(picture: "Picture") -> Image | None:
    """Encode a picture as PNG, unless it would be too large in a PDF."""
    if len(zlib.compress(flattened(picture).tobytes(), 6)) > _MOST_DRAWN:
        return None
    return _encoded(picture, PNG, optimize=True)


def _encoded(picture: "Picture", content_type: str, **options: Any) -> Image | None:
    file = io.BytesIO()
    picture.save(file, _FORMATS[content_type], **options)
    content = file.getvalue()
    return Image(content, content_type, *picture.size) if len(content) <= MOST_BYTES else None


def data_url(image: Image) -> str:
    """Return a logo as a URL that has the file in it."""
    return f"data:{image.content_type};base64,{base64.b64encode(image.content).decode()}"


def on_white(image: Image) -> bytes:
    """Return the file of a logo without transparency; the same image gives the same bytes."""
    from PIL import Image as Pillow  # noqa: PLC0415

    with Pillow.open(io.BytesIO(image.content)) as picture:
        if not picture.has_transparency_data:
            return image.content
        file = io.BytesIO()
        flattened(picture).save(file, "PNG", compress_level=1)
        return file.getvalue()


def flattened(picture: "Picture") -> "Picture":
    """Return a picture on white, as paper is."""
    from PIL import Image as Pillow  # noqa: PLC0415

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    paper = Pillow.new("RGBA", picture.size, "white")
    return Pillow.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
