"""The botocore session that all clients of a function share."""

import botocore
import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

ATTEMPTS = 3
"""How often a request is sent at most, the first time included."""

CONFIG = Config(
    parameter_validation=False,
    connect_timeout=2,
    read_timeout=5,
    retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
)
"""Settings of clients: no validation of our own parameters, and time-outs in seconds.

All attempts at one request and the waits between them, of 1 and 2 seconds at most, take 24 seconds: API Gateway waits
for 30.
"""


# botocore would compose what it calls itself for each request, which is a sixth of what a request costs.
USER_AGENT = f"Botocore/{botocore.__version__}"


def open_session() -> botocore.session.Session:
    """A session that looks for service descriptions in botocore only, not in the home folder: a quicker start."""
    session = botocore.session.get_session()
    loader = Loader(
        extra_search_paths=[Loader.BUILTIN_DATA_PATH],
        include_default_search_paths=False,
        include_default_extras=False,
    )
    session.register_component("data_loader", loader)
    session.set_default_client_config(Config(user_agent=USER_AGENT))
    return session
