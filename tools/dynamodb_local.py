"""Amazon's own DynamoDB Local, strict where the other stand-ins are lenient; an npm package carries it."""

import contextlib
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator

from tools.ministack import CannotRunError, free_port
from tools.npm import unpacked
from tools.waiting import wait_until

PACKAGE = "amplify-dynamodb-simulator@2.9.30"
SHA512 = "xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ=="

# It runs for a minute: compiling its code to the last and collecting garbage in threads of its own take more than they
# give, and take it from the tests on the same cores.
JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


def missing() -> str | None:
    """What this machine lacks to run it."""
    absent = [program for program in ("java", "npm") if shutil.which(program) is None]
    return f"DynamoDB Local needs {' and '.join(absent)}" if absent else None


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Its endpoint, in memory and empty, for as long as the block runs."""
    folder = unpacked(PACKAGE, SHA512) / "emulator"
    port = free_port()
    server = subprocess.Popen(
        [*JAVA, "-Djava.library.path=DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-inMemory", "-port", str(port)],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    endpoint = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _answers(server, endpoint), seconds=60, what="DynamoDB Local to start")
        yield endpoint
    finally:
        server.terminate()
        server.wait()


def _answers(server: subprocess.Popen[bytes], endpoint: str) -> bool:
    if server.poll() is not None:
        raise CannotRunError("DynamoDB Local ended at once")
    try:
        urllib.request.urlopen(endpoint, timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
