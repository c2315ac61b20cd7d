"""CPU time of a cold start of every function, from the built artifacts, against the usual stack and a bare script.

    python -m benchmarks.cold_start [--rounds N] [--build FOLDER] [FUNCTION …]

Needs `make build`, and installs the usual stack once into .cache/. Each run is a new interpreter with nothing on its
path but what Lambda has there: the function's folder and its layers, with their bytecode. It imports the handler
(*init*) and calls it with the function's sample event from events/ (*first call*); DynamoDB, S3, EventBridge and SES
are answered by a small HTTP server in this process, whose time does not count. Starting the interpreter itself is left
out; TLS is not there.

The usual stack is a read of one item as the Powertools template of `sam init` has it: logger, metrics, tracer, the
resolver with validation; with pydantic and a PynamoDB model, and installed as `sam build` does it, whole and without
bytecode. It runs once in each round.

The bare script imports botocore, pydantic and PynamoDB from our layer, defines one model of each, makes the client,
checks one body and reads one item. It runs right before each run of a function, and the functions in turns; columns
are medians of milliseconds of CPU, and its ratio is the median of the ratios of such pairs.
"""

import argparse
import hashlib
import json
import os
import py_compile
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.requests import ENVIRONMENT, ROOT

sys.path[:0] = [str(ROOT / "layers" / "core")]

from benchmarks.sample_aws import answering, sample_items  # noqa: E402
from tests.sample_business import ACCOUNT_ID  # noqa: E402
from tests.template import read_template  # noqa: E402

TARGET = 0.30
"""Most that init and first call together may cost, as a multiple of the usual stack."""

RUN = """
import sys, json, time
paths, module, event = sys.argv[1].split(":"), sys.argv[2], json.load(open(sys.argv[3]))
sys.path[:0] = paths
started = time.process_time()
handler = getattr(__import__(module), "handler")
imported = time.process_time()
class Context:
    function_name = module
    memory_limit_in_mb = "1024"
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:" + module
    aws_request_id = "8f507cfc-7c3e-4697-b07a-ac58fc914c95"
    def get_remaining_time_in_millis(self):
        return 10000
answer = handler(event, Context())
called = time.process_time()
status = answer.get("statusCode", "-") if isinstance(answer, dict) else "-"
if isinstance(answer, dict) and answer.get("batchItemFailures"):
    status = 500
sys.stderr.write(json.dumps([imported - started, called - imported, status]))
"""

BARE = """
import os
import botocore.session
from pydantic import BaseModel
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.models import Model


class Line(BaseModel):
    description: str
    quantity: int


class Customer(Model):
    class Meta:
        table_name = os.environ["CUSTOMERS_TABLE"]
        region = os.environ["AWS_REGION"]

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    document = BinaryAttribute(legacy_encoding=False)


client = Customer._get_connection().connection.client


def handler(event, context):
    Line.model_validate({"description": "Consulting", "quantity": 1})
    customer = Customer.get(event["pk"], event["sk"], consistent_read=True)
    return {"statusCode": 200, "body": str(customer.version)}
"""


USUAL = """
import os
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from pydantic import BaseModel
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

logger, tracer, metrics = Logger(), Tracer(), Metrics(namespace="invoicing")
app = APIGatewayHttpResolver(enable_validation=True)


class CustomerOutput(BaseModel):
    id: str
    version: int


class Customer(Model):
    class Meta:
        table_name = os.environ["CUSTOMERS_TABLE"]
        region = os.environ["AWS_REGION"]

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    document = BinaryAttribute(legacy_encoding=False)


@app.get("/v1/invoicing/customers/<customer_id>")
@tracer.capture_method
def get_customer(customer_id: str) -> CustomerOutput:
    account = os.environ["SAMPLE_ACCOUNT"]
    customer = Customer.get(account, customer_id, consistent_read=True)
    metrics.add_metric("Requests", "Count", 1)
    return CustomerOutput(id=customer.sk, version=int(customer.version))


@logger.inject_lambda_context
@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event, context):
    logger.info("request")
    return app.resolve(event, context)
"""


type Taken = tuple[float, float]
"""Init and first call, in milliseconds of CPU."""


@dataclass(frozen=True)
class Start:
    """What is started: a module on a path, and the event it is called with."""

    name: str
    module: str
    path: str
    event: Path
    draws: bool = False


# ──────────────────────────────────────── Starts ────────────────────────────────────────


def usual_packages() -> Path:
    """The packages of the usual stack as `sam build` installs them: whole, and without bytecode."""
    requirements = ROOT / "requirements" / "usual.txt"
    folder = ROOT / ".cache" / f"usual-stack-{hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]}"
    if not folder.exists():
        command = ["uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--no-compile-bytecode"]
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            target = Path(scratch) / "packages"
            subprocess.run([*command, "--target", target, "--requirements", requirements], check=True)
            target.rename(folder)
    return folder


def starts(build: Path, scratch: Path) -> list[Start]:
    """The bare script, the usual stack, and every function of the template."""
    core = str(build / "CoreLayer" / "python")
    (scratch / "bare.py").write_text(BARE)
    py_compile.compile(str(scratch / "bare.py"), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    customer = next(item for item in sample_items()[ENVIRONMENT["CUSTOMERS_TABLE"]])
    event = scratch / "bare.json"
    event.write_text(json.dumps({"pk": customer["pk"]["S"], "sk": customer["sk"]["S"]}))
    (scratch / "usual.py").write_text(USUAL)
    sample = ROOT / "events" / "customers" / "get_customer.json"
    found = [
        Start("bare script", "bare", f"{scratch}:{core}", event),
        Start("usual stack", "usual", f"{scratch}:{usual_packages()}", sample),
    ]
    for function in read_template().functions:
        module = Path(function.file).name
        layers = [core, *(str(build / layer / "python") for layer in function.layers)]
        path = ":".join([str(build / function.logical_id), *layers])
        sample = ROOT / "events" / f"{function.file}.json"
        found.append(Start(module, module, path, sample, draws=bool(function.layers)))
    return found


def run(start: Start, endpoint: str) -> Taken:
    """What one start takes."""
    environment = {
        name: value for name, value in ENVIRONMENT.items() if name != "AWS_DEFAULT_REGION"
    } | {
        "AWS_DEFAULT_REGION": ENVIRONMENT["AWS_REGION"],
        "AWS_ENDPOINT_URL": endpoint,
        "SAMPLE_ACCOUNT": f"{ACCOUNT_ID}#test",
        "AWS_LAMBDA_FUNCTION_NAME": f"invoicing-{start.name}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "LAMBDA_TASK_ROOT": "/var/task",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    done = subprocess.run(
        [sys._base_executable, "-I", "-S", "-B", "-c", RUN, start.path, start.module, str(start.event)],  # type: ignore[attr-defined]
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{start.name} failed:\n{done.stderr}")
    init, call, status = json.loads(done.stderr.splitlines()[-1])
    if status != "-" and status >= 400 and start.module != "route_not_found":
        raise SystemExit(f"{start.name} answered {status}; is the build that of these sources?\n{done.stdout[:1000]}")
    return init * 1000, call * 1000


def measure(bare: Start, found: list[Start], rounds: int) -> dict[str, list[tuple[Taken, Taken]]]:
    """What each took, and the bare script right before it; the first round warms the file cache and is left out."""
    taken: dict[str, list[tuple[Taken, Taken]]] = {start.name: [] for start in found}
    with answering(sample_items()) as endpoint:
        for number in range(rounds + 1):
            for start in found:
                before, after = run(bare, endpoint), run(start, endpoint)
                if number:
                    taken[start.name].append((before, after))
    return taken


def report(found: list[Start], taken: dict[str, list[tuple[Taken, Taken]]]) -> str:
    """A table in Markdown."""
    usual = statistics.median(sum(after) for _, after in taken["usual stack"])
    rows = [
        "| CPU of a cold start, ms | init | first call | together | ÷ usual stack | ÷ bare script |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    bare = [before for pairs in taken.values() for before, _ in pairs]
    rows.append(_row("bare script", bare, usual, 1))
    for start in sorted(found, key=lambda start: start.draws):
        ratio = statistics.median(sum(after) / sum(before) for before, after in taken[start.name])
        note = " (documents)" if start.draws else ""
        rows.append(_row(start.name + note, [after for _, after in taken[start.name]], usual, ratio))
    return "\n".join([*rows, f"| limit | | | | {TARGET:.2f} | |"])


def _row(name: str, taken: list[Taken], usual: float, ratio: float) -> str:
    init, call = (statistics.median(column) for column in zip(*taken, strict=True))
    together = statistics.median(map(sum, taken))
    return f"| {name} | {init:.0f} | {call:.0f} | {together:.0f} | {together / usual:.2f} | {ratio:.2f} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="CPU time of cold starts")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--build", type=Path, default=ROOT / ".aws-sam" / "build")
    parser.add_argument("functions", nargs="*", help="only these, such as create_invoice")
    arguments = parser.parse_args()
    if not (arguments.build / "CoreLayer").exists():
        raise SystemExit("nothing built: run `make build` first")
    os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    with tempfile.TemporaryDirectory() as scratch:
        bare, *found = starts(arguments.build, Path(scratch))
        wanted = arguments.functions or [start.name for start in found]
        found = [start for start in found if start.name in {*wanted, "usual stack"}]
        print(report(found, measure(bare, found, arguments.rounds)))


if __name__ == "__main__":
    main()
