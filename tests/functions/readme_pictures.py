"""The pictures of the README, of what `make demo` makes: `python -m tests.functions.readme_pictures docs/images`."""

import io
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from moto import mock_aws
from PIL import Image, ImageOps

from tests import quick_moto
from tests.aws import deployed
from tests.devtools import Page, browser
from tests.functions.local_api import LocalApi, catch_up, local_api
from tests.functions.test_dashboard import enter, settled
from tests.http import a_key
from tests.template import read_template
from tests.tools.test_demo import ApiWithoutMail
from tools.demo import ACCOUNT, live_through

A4 = (893, 1263)
WIDE = (1200, 1000)
COLOURS = 128
SHOWN = "roastery"


def main(folder: Path) -> None:
    """Write all pictures into a folder."""
    quick_moto.install()
    with mock_aws(), deployed(read_template()) as aws, local_api() as server, TemporaryDirectory() as place:
        aws.client("sqs").create_queue(QueueName=aws.environment["DUE_WORK_QUEUE"].rpartition("/")[2])
        api = ApiWithoutMail(server.url, a_key(**ACCOUNT, plan="professional"))
        invoice = live_through(api)[SHOWN]
        catch_up(aws, set())
        token = invoice["hosted_url"].rpartition("/")[2]
        with browser(Path(place)) as page:
            page.ask("Emulation.setScrollbarsHidden", hidden=True)
            page.screen(A4[0], A4[1], "light")
            page.open(f"{server.url}/i/{token}")
            _keep(_seen(page), folder / "invoice-page.png", A4)
            _dashboard(page, server, api.key, folder / "dashboard.png")
        _keep(_printed(api, invoice["id"], Path(place)), folder / "invoice-pdf.png", A4)


def _dashboard(page: Page, server: LocalApi, key: str, file: Path) -> None:
    page.screen(WIDE[0], WIDE[1], "light")
    enter(page, server, key)
    settled(page)
    _keep(_seen(page), file, WIDE)


def _seen(page: Page) -> Image.Image:
    with TemporaryDirectory() as place:
        page.picture(Path(place) / "page.png")
        return Image.open(io.BytesIO((Path(place) / "page.png").read_bytes()))


def _printed(api: ApiWithoutMail, invoice_id: str, place: Path) -> Image.Image:
    pdf = place / "invoice.pdf"
    command = ["curl", "-s", f"{api.url}/invoices/{invoice_id}/pdf", "-H", "Accept: application/pdf"]
    subprocess.run([*command, "-H", f"Authorization: Bearer {api.key}", "-o", pdf], check=True)  # noqa: S603
    subprocess.run(["pdftoppm", "-png", "-r", "108", "-singlefile", pdf, place / "invoice"], check=True)  # noqa: S603, S607
    return Image.open(place / "invoice.png")


def _keep(picture: Image.Image, file: Path, size: tuple[int, int]) -> None:
    """Save the top of a picture with few colours and a thin frame."""
    top = picture.convert("RGB").crop((0, 0, *size))
    ImageOps.expand(ImageOps.crop(top, 1), 1, "#c8ccd4").quantize(COLOURS).save(file, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
