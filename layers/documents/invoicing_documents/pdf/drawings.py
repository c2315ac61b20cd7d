"""What a canvas draws: texts, areas, figures and links, each with the left end of its place as ``x``."""

from collections.abc import Iterator

from invoicing.dataclass import dataclass
from invoicing.domain.parties.logo import Image
from invoicing_documents.pdf import theme
from invoicing_documents.pdf.typesetter import Colour, Style


@dataclass(frozen=True, slots=True)
class Text:
    """``x`` is the left end."""

    x: float
    baseline: float
    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Box:
    """``x`` is the left end."""

    x: float
    top: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Figure:
    """Something to be seen, in a place, with what describes it to those who cannot see it: a logo, or areas."""

    place: Box
    alternative: str
    image: Image | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A place that leads to an address."""

    place: Box
    url: str


Drawing = Text | Box | Figure | Link


def swiss_cross(code: Box) -> Iterator[Box]:
    """Yield the areas of the cross in the middle of a code of 46 mm, which is 7 mm wide with its white border."""
    unit = code.width / 46
    middle_x, middle_y = code.x + code.width / 2, code.top + code.width / 2
    for width, height, colour in (
        (7.0, 7.0, theme.PAPER),
        (6.5, 6.5, theme.BLACK),
        (1.17, 3.89, theme.PAPER),
        (3.89, 1.17, theme.PAPER),
    ):
        wide, high = width * unit, height * unit
        yield Box(middle_x - wide / 2, middle_y - high / 2, wide, high, colour)
