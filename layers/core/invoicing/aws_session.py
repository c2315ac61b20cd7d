"""The botocore session that all clients of a function share."""

import botocore
import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

CONFIG = Config(
    parameter_validation=False,
    connect_timeout=2,
    read_timeout=10,
    retries={"total_max_attempts": 4, "mode": "standard"},
)
"""Client settings: no validation of our own parameters, and time-outs that fit into a Lambda invocation."""


# botocore would compose what it calls itself anew for each request, which is a sixth of what a request costs.
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
