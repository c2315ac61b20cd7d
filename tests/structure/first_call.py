"""Calls one handler as a new Lambda function would, and prints the modules of the core package that it has loaded.

Run with the handler's module and the path of its sample event.
"""

import importlib
import json
import sys
from pathlib import Path


def main() -> None:
    module, event = sys.argv[1:]
    answer = importlib.import_module(module).handler(json.loads(Path(event).read_text()), None)
    loaded = sorted(name for name in sys.modules if name.startswith("invoicing."))
    print(json.dumps({"status": answer["statusCode"], "loaded": loaded}))  # noqa: T201


if __name__ == "__main__":
    main()
