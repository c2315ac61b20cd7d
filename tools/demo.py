"""`make demo`: a year of a small design studio, on the stack that `make run` runs, through the public API alone.

The year is in demo_year.jsonl: a line for each request, with its day in 2026, ``as`` a name for the answer's ``data``.
``<shop.items.0.id>`` in a later line is a part of the answer of that name. A test clock lets the days pass.
"""

import io
import json
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import urllib3
from botocore.exceptions import BotoCoreError, ClientError
from PIL import Image, ImageDraw

from tools.account import create_account
from tools.deployed import deployed_function
from tools.ministack import FOLDER, CannotRunError

YEAR, HOUR = 2026, "T10:00:00Z"
ACCOUNT = {"name": "Harbour Studio Ltd", "currency": "EUR", "time_zone": "Europe/Dublin", "country": "IE"}
PART = re.compile(r"<([a-z_]+(?:\.\w+)*)>")
DONE = """
A year of Harbour Studio, from January to mid-December {year}, in {seconds:.0f} s: {requests} requests.
Its clock stands still at 14 December. Look at

  the dashboard              {url}/dashboard
                             with the key {key}
  an invoice, paid in part   {roastery}
  one in German, with a template of its own
                             {labels}
  one in Japanese            {glaze}
  one that is disputed       {books}
  the portal of a customer   {portal}
  e-mails                    {mail}

Reports, for example:
  curl "{url}/reports/revenue?start_date={year}-01-01&end_date={year}-12-31&format=svg" \\
    -H "Authorization: Bearer {key}" -o revenue.svg
"""


class Api:
    """A client of one account's API."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.key = url, key
        self.requests = 0

    def call(self, method: str, path: str, body: object = None) -> Any:
        """Return the ``data`` of the answer; `CannotRunError` for a refusal."""
        self.requests += 1
        content = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, method=method, data=content, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as refused:
            message = f"{method} {path} was answered with {refused.code}: {refused.read().decode()}"
            raise CannotRunError(message) from None

    def upload(self, form: Mapping[str, Any], content: bytes) -> None:
        """Send a file to the storage, with the form of its declaration; `CannotRunError` if refused."""
        fields = {**form["fields"], "file": ("file", content)}
        with urllib3.PoolManager() as pool:
            answer = pool.request("POST", form["url"], fields=fields, timeout=60)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise CannotRunError(f"the upload was answered with {answer.status}: {answer.data.decode()}")


def lines() -> Iterator[tuple[str, dict[str, Any]]]:
    """The requests of the year, each with its day, in order."""
    file = Path(__file__).with_name("demo_year.jsonl")
    read = [json.loads(line) for line in file.read_text().splitlines()]
    dated = [(day, line) for line in read for day in ([line["on"]] if isinstance(line["on"], str) else line["on"])]
    yield from sorted(dated, key=lambda each: each[0])


def live_through(api: Api, last_day: str = "12-31") -> dict[str, Any]:
    """Make the requests of the year until a day; return the answers that have names."""
    answers: dict[str, Any] = {}
    today = ""
    for day, line in lines():
        if day > last_day:
            break
        if day[:2] != today[:2]:
            print(f"  {YEAR}-{day[:2]}", flush=True)
        if day != today:
            _pass_time(api, f"{YEAR}-{day}{HOUR}", is_first=not today)
            today = day
        method, path = filled(line["do"], answers).split()
        answer = api.call(method, path, filled(line.get("body"), answers))
        if line.get("logo"):
            api.upload(answer["upload"], logo())
        if name := line.get("as"):
            answers[name] = answer
    return answers


def _pass_time(api: Api, to: str, *, is_first: bool) -> None:
    if is_first:
        api.call("PUT", "/test-clock", {"now": to})
        return
    clock = api.call("POST", "/test-clock/advance", {"to": to})
    while clock["status"] == "advancing":
        time.sleep(1)
        clock = api.call("GET", "/test-clock")
    if clock["status"] != "ready":
        raise CannotRunError(f"the clock stands at {clock['now']}: {clock['last_error']}")


def filled(value: Any, answers: Mapping[str, Any]) -> Any:
    """A value with parts of earlier answers in the place of their names."""
    if isinstance(value, dict):
        return {name: filled(each, answers) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, answers) for each in value]
    return PART.sub(lambda found: str(_part(found[1], answers)), value) if isinstance(value, str) else value


def _part(path: str, answers: Mapping[str, Any]) -> Any:
    found: Any = answers
    for step in path.split("."):
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found


def logo() -> bytes:
    """A sail above waves, as PNG."""
    picture = Image.new("RGBA", (480, 240), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(120, 20), (120, 150), (40, 150)], fill="#0f5e73")
    draw.polygon([(132, 44), (132, 150), (196, 150)], fill="#e0a03c")
    draw.polygon([(24, 162), (212, 162), (184, 196), (56, 196)], fill="#0f5e73")
    for left in range(8, 220, 54):
        draw.arc((left, 200, left + 54, 236), 200, 340, fill="#0f5e73", width=7)
    made = io.BytesIO()
    picture.crop((0, 0, 240, 240)).save(made, "PNG")
    return made.getvalue()


def main() -> int:
    """Open an account on the local stack, fill it, and say what there is to see."""
    started = time.monotonic()
    try:
        functions, function = deployed_function(None, "CreateAccountFunction")
        key = create_account(functions, function, ACCOUNT | {"rate_limit": 100_000})["api_key"]
        url = dict(line.split("=", 1) for line in (FOLDER / "env").read_text().splitlines())["INVOICING_URL"]
        print("A year takes a minute or two, more on a busy machine:", flush=True)
        api = Api(url, key)
        made = live_through(api)
    except (BotoCoreError, ClientError, CannotRunError, urllib.error.URLError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    pages = {name: made[name]["hosted_url"] for name in ("roastery", "labels", "glaze", "books")}
    seconds = time.monotonic() - started
    print(DONE.format(
        year=YEAR, seconds=seconds, requests=api.requests, url=url, key=key,
        portal=made["portal"]["url"], mail=".local/mail", **pages,
    ))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
