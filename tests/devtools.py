"""A browser that a test looks at and types into: Chromium, by the DevTools protocol on its pipe."""

import base64
import json
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import F_DUPFD_CLOEXEC, fcntl
from io import FileIO
from pathlib import Path
from typing import Any, Literal

from tests.documents.browser import CHROMIUM

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-quic --lang=en-GB --remote-debugging-pipe"
)
SECONDS = 30
_KEYS = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, "")}


class Page:
    """The one page of a browser of its own, all that it reports in ``reported``."""

    def __init__(self, receive: FileIO, send: FileIO) -> None:
        self._receive, self._send = receive, send
        self._buffer, self._count, self._session = b"", 0, ""
        self.reported: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, command: str, **parameters: Any) -> Any:
        """What the browser answers to a command."""
        self._count += 1
        message = {"id": self._count, "method": command, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._send.write(json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self._count:
                assert "error" not in found, (command, found)
                return found["result"]
            self.reported.append(found)

    def run(self, script: str) -> Any:
        """What a script is worth, which may be promised."""
        found = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, condition: str) -> Any:
        """Wait until a condition is met, and return what it is worth."""
        return self.run(
            f"""new Promise((done, fail) => {{
              const end = performance.now() + {SECONDS * 1000};
              (function look() {{
                let found = null;
                try {{ found = {condition}; }} catch (error) {{ /* not there yet */ }}
                if (found) done(found);
                else if (performance.now() > end) fail(new Error(document.body.innerText));
                else setTimeout(look, 10);
              }})();
            }})"""
        )

    def open(self, address: str) -> None:
        """Go to an address."""
        self.ask("Page.navigate", url=address)
        self.wait(f"location.href === {json.dumps(address)} && document.readyState === 'complete'")

    def press(self, key: str) -> None:
        """Press a key, and let it go."""
        code, text = _KEYS[key]
        own = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **own)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **own)

    def type(self, text: str) -> None:
        """Type over what the field that has the focus contains."""
        self.run("document.activeElement.select?.()")
        self.ask("Input.insertText", text=text)

    def reach(self, name: str) -> None:
        """Move the focus, by the key Tab alone, to what has a name: its text, label or `aria-label`."""
        seen = []
        for _ in range(80):
            seen.append(
                self.run(
                    "(() => { const at = document.activeElement; return at.ariaLabel"
                    " || at.labels?.[0]?.textContent || (at === document.body ? '' : at.textContent); })()"
                )
            )
            if seen[-1] == name:
                return
            self.press("Tab")
        raise AssertionError(f"no way to {name!r}: {seen}")

    def choose(self, name: str) -> None:
        """Reach something, and press Enter."""
        self.reach(name)
        self.press("Enter")

    def screen(self, width: int, height: int, scheme: Literal["light", "dark"]) -> None:
        """Be a screen of a size, light or dark."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, file: Path) -> None:
        """Save all of the page as PNG."""
        found = self.ask("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(found["data"]))

    def problems(self) -> list[str]:
        """What the browser complained of: uncaught errors, refused scripts and styles, whatever it logs as an error."""
        self.ask("Runtime.evaluate", expression="0")
        found = []
        for each in self.reported:
            if each.get("method") == "Runtime.exceptionThrown":
                found.append(json.dumps(each["params"]["exceptionDetails"]))
            elif each.get("method") == "Log.entryAdded" and each["params"]["entry"]["source"] != "network":
                found.append(each["params"]["entry"]["text"])
            elif each.get("method") == "Runtime.consoleAPICalled":
                found.append(json.dumps(each["params"]["args"]))
        return found

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = self._receive.read(1 << 16)
            assert part, "the browser has ended"
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """A browser with a new profile; it reads from file descriptor 3 and writes to 4."""
    (reads, send), (receive, writes) = _pipe(), _pipe()
    silent = os.open(os.devnull, os.O_WRONLY)
    ends = [(silent, 1), (silent, 2), (reads, 3), (writes, 4)]
    actions = [(os.POSIX_SPAWN_DUP2, ours, theirs) for ours, theirs in ends]
    arguments = [str(CHROMIUM), *FLAGS.split(), f"--user-data-dir={folder / 'profile'}"]
    with os.fdopen(receive, "rb", buffering=0) as receiving, os.fdopen(send, "wb", buffering=0) as sending:
        process = os.posix_spawn(arguments[0], arguments, dict(os.environ), file_actions=actions, setsid=True)
        for end in (reads, writes, silent):
            os.close(end)
        try:
            yield Page(receiving, sending)
        finally:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            shutil.rmtree(folder / "profile", ignore_errors=True)


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are neither 3 nor 4, as these are the browser's, and which it does not inherit."""
    ends = os.pipe()
    above = fcntl(ends[0], F_DUPFD_CLOEXEC, 10), fcntl(ends[1], F_DUPFD_CLOEXEC, 10)
    for end in ends:
        os.close(end)
    return above
