"""Logos: whatever is uploaded becomes an image that every document can show, or is refused before it does harm."""

import os
import time
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms

from invoicing.domain.files.types import JPEG, PNG
from invoicing.domain.parties.logo import HIGHEST, MOST_BYTES, WIDEST, UnusableImage
from invoicing_documents.logo_image import flattened, logo_image, on_white
from tests.pictures import BLUE, RED, WHITE, blue_with_corner, file_of, picture_of

ADOBE = b"\xff\xee\x00\x0eAdobe"


def near(colour: object, wanted: tuple[int, ...], by: int = 60) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True))


def on_paper(content: bytes, kind: str = PNG) -> Image.Image:
    return flattened(picture_of(logo_image(content, kind).content))


def test_pure_cyan_of_a_print_shop_stays_cyan_with_and_without_adobe_s_marker() -> None:
    inverted = file_of(Image.new("CMYK", (64, 64), (255, 0, 0, 0)), "JPEG")
    start = inverted.index(ADOBE)
    without = inverted[:start] + inverted[start + 16 :]
    assert ADOBE not in without
    for content in (inverted, without):
        made = logo_image(content, JPEG)
        assert made.content_type == JPEG
        picture = picture_of(made.content)
        assert picture.mode == "RGB"
        assert near(picture.getpixel((32, 32)), (0, 255, 255))


def test_colours_are_converted_by_the_profile_of_the_image_and_it_is_left_out() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = picture_of(logo_image(file_of(Image.new("RGB", (9, 9), RED), icc_profile=lab), PNG).content)
    assert near(kept.getpixel((4, 4)), RED, 2)
    assert "icc_profile" not in kept.info
    # A profile that is broken, or for other colours, is as good as none.
    for broken in (b"x" * 200, lab[:400]):
        assert near(on_paper(file_of(Image.new("L", (9, 9), 255), icc_profile=broken)).getpixel((4, 4)), WHITE, 2)


@pytest.mark.parametrize("interlaced", [False, True])
def test_what_is_transparent_stays_so_and_is_white_on_paper(interlaced: bool) -> None:
    palette = blue_with_corner("RGB").quantize(2)
    contents = [file_of(blue_with_corner()), file_of(palette, transparency=palette.getpixel((0, 0)))]
    for content in contents:
        made = logo_image(interlace(content) if interlaced else content, PNG)
        picture = picture_of(made.content).convert("RGBA")
        assert picture.getpixel((1, 1))[3] == 0  # type: ignore[index]
        assert flattened(picture).getpixel((1, 1)) == WHITE
        assert near(flattened(picture).getpixel((150, 75)), BLUE, 2)


def interlace(content: bytes) -> bytes:
    """The same picture as Adam7 (PNG 8.2), of one byte a sample."""
    picture = picture_of(content)
    rows, width, height = picture.tobytes(), *picture.size
    size = len(rows) // (width * height)
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b"".join(
        b"\0" + b"".join(rows[(y * width + x) * size :][:size] for x in range(left, width, right))
        for left, top, right, down in passes
        for y in range(top, height, down)
    )
    depth = {"RGBA": b"\x08\x06", "P": b"\x08\x03"}[picture.mode]
    found = [
        chunk for chunk in chunks(file_of(picture, bits=8, **transparency(picture))) if chunk[0] in {b"PLTE", b"tRNS"}
    ]
    header = width.to_bytes(4) + height.to_bytes(4) + depth + b"\0\0\1"
    parts = [(b"IHDR", header), *found, (b"IDAT", zlib.compress(data)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk_of(*part) for part in parts)


def transparency(picture: Image.Image) -> dict[str, Any]:
    return {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}


def chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(content):
        size = int.from_bytes(content[at : at + 4])
        found.append((content[at + 4 : at + 8], content[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def chunk_of(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def test_sixteen_bits_of_grey_stay_grey() -> None:
    assert near(on_paper(file_of(Image.new("I;16", (20, 20), 32768))).getpixel((9, 9)), (128, 128, 128), 1)


@pytest.mark.parametrize("clear", [0, 32768, 65535])
def test_one_of_sixteen_bits_of_grey_can_be_transparent(clear: int) -> None:
    near_by = clear + 1 if clear < 65535 else clear - 1
    picture = Image.new("I;16", (20, 20), near_by)
    picture.putpixel((0, 0), clear)
    made = logo_image(file_of(picture, transparency=clear), PNG)
    opacity = picture_of(made.content).getchannel("A")
    assert [opacity.getpixel(at) for at in ((0, 0), (15, 15))] == [0, 255]
    assert picture_of(on_white(made)).getpixel((0, 0)) == WHITE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation: int) -> None:
    upright = Image.new("RGB", (96, 64), BLUE)
    upright.paste(RED, (0, 0, 32, 32))
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = upright.transpose(turn[orientation]) if orientation in turn else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = picture_of(logo_image(file_of(stored, "JPEG", exif=exif, quality=95), JPEG).content)
    assert made.size == (96, 64)
    assert near(made.getpixel((5, 5)), RED)
    assert near(made.getpixel((90, 60)), BLUE)
    assert not made.getexif()


def test_an_animation_is_its_first_picture() -> None:
    moving = file_of(Image.new("RGB", (20, 20), RED), save_all=True, append_images=[Image.new("RGB", (20, 20), BLUE)])
    made = logo_image(moving, PNG)
    assert picture_of(made.content).getpixel((9, 9)) == RED
    assert b"acTL" not in made.content


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ((400, 4000), (59, 590)),
        ((4000, 3000), (787, 590)),
        ((3000, 100), (1417, 47)),
        ((30, 20), (30, 20)),
        ((1, 1), (1, 1)),
    ],
)
def test_it_is_scaled_down_to_the_box_and_never_up(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    made = logo_image(file_of(Image.new("RGB", size, BLUE)), PNG)
    assert (made.width, made.height) == picture_of(made.content).size == wanted
    assert made.width <= WIDEST
    assert made.height <= HIGHEST


@pytest.mark.parametrize(("mode", "kind"), [("RGB", JPEG), ("RGB", PNG), ("RGBA", PNG)])
def test_any_logo_fits_an_email_and_a_pdf(mode: str, kind: str) -> None:
    noise = Image.frombytes(mode, (1400, 580), os.urandom(1400 * 580 * len(mode)))
    made = logo_image(file_of(noise, kind.removeprefix("image/").upper()), kind)
    assert len(made.content) <= MOST_BYTES
    assert picture_of(made.content).has_transparency_data == (mode == "RGBA")
    if made.content_type == PNG:
        assert len(zlib.compress(flattened(picture_of(made.content)).tobytes())) < 300_000


@pytest.mark.parametrize("side", [5_001, 13_000, 20_000])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    header = side.to_bytes(4) + side.to_bytes(4) + b"\x01\0\0\0\0"
    content = b"\x89PNG\r\n\x1a\n" + chunk_of(b"IHDR", header) + chunk_of(b"IDAT", zlib.compress(bytes(1000)))
    with pytest.raises(UnusableImage) as refused:
        logo_image(content, PNG)
    assert refused.value.code == "IMAGE_TOO_LARGE"


def test_a_photo_of_endless_scans_is_refused_at_once() -> None:
    photo = file_of(Image.new("RGB", (5000, 5000)), "JPEG", progressive=True)
    last = photo.rindex(b"\xff\xda")
    began = time.process_time()
    with pytest.raises(UnusableImage) as refused:
        logo_image(photo[:-2] + photo[last:-2] * 500 + photo[-2:], JPEG)
    assert refused.value.code == "IMAGE_TOO_LARGE"
    assert time.process_time() - began < 2


@pytest.mark.parametrize("kind", [PNG, JPEG])
def test_what_is_damaged_is_refused_wherever_it_ends(kind: str) -> None:
    content = file_of(blue_with_corner("RGB"), kind.removeprefix("image/").upper())
    for end in range(0, len(content) - 60, 7):
        with pytest.raises(UnusableImage) as refused:
            logo_image(content[:end], kind)
        assert refused.value.code == "FILE_TYPE_MISMATCH"


def test_an_image_without_its_palette_is_damaged() -> None:
    whole = file_of(Image.new("P", (9, 9)))
    (palette,) = (data for name, data in chunks(whole) if name == b"PLTE")
    with pytest.raises(UnusableImage) as refused:
        logo_image(whole.replace(chunk_of(b"PLTE", palette), b""), PNG)
    assert refused.value.code == "FILE_TYPE_MISMATCH"


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        file_of(Image.new("RGB", (9, 9)), "GIF"),
        b"RIFF0000WEBPVP8 ",
        b"\0\0\0\x18ftypheic",
    ],
)
def test_nothing_else_is_an_image(content: bytes) -> None:
    for kind in (PNG, JPEG):
        with pytest.raises(UnusableImage):
            logo_image(content, kind)
