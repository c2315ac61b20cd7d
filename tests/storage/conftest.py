"""Stores to test: in memory, on moto (one thread only), and on Amazon's own DynamoDB Local."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from botocore.config import Config
from moto import mock_aws

from benchmarks.lists import LOCAL, Meter
from invoicing.aws_session import open_session
from invoicing.operations.unit_of_work import unit_of_work
from invoicing.operations.unit_of_work.ports import Store
from invoicing.storage.api_keys import DynamoApiKeys
from invoicing.storage.dynamodb.database import Database
from invoicing.storage.dynamodb.table_names import name_tables
from invoicing.storage.store import DynamoStore
from tests.fakes import FakeStore
from tests.storage.site import Site
from tests.storage.tables import NAMES, create_tables

EVENTS_KEPT = 13
"""In months."""
ON_DYNAMODB_LOCAL = pytest.mark.dynamodb_local


@pytest.fixture(autouse=True)
def _named_tables() -> None:
    name_tables(NAMES)


@pytest.fixture
def account() -> str:
    """An account that no other test has written to."""
    return f"acc_{uuid4().hex}"


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")


@pytest.fixture(scope="module")
def moto_database() -> Iterator[Database]:
    with mock_aws(), pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        database = Database(open_session(), "https://dynamodb.eu-central-1.amazonaws.com")
        create_tables(database)
        yield database


@pytest.fixture(scope="session")
def local_tables(dynamodb_local: str) -> Iterator[Database]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_DEFAULT_REGION", "eu-central-1")
        environment.setenv("AWS_ACCESS_KEY_ID", "local")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "local")
        environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb_local)
        session = open_session()
        # A function has one thread, a test many.
        many = Config(max_pool_connections=200)
        session.set_default_client_config(session.get_default_client_config().merge(many))
        database = Database(session, dynamodb_local)
        create_tables(database)
        database._ask_fallback_client("ListTables", {})  # made now, as it reads the environment then
    yield database
    close(database)


@pytest.fixture(scope="module")
def metered(local_tables: Database, dynamodb_local: str) -> Iterator[tuple[Database, Meter]]:
    """A connection of its own to DynamoDB Local, and the meter of its requests; the tables are there."""
    name_tables(NAMES)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in LOCAL.items():
            environment.setenv(name, value)
        database = Database(open_session(), dynamodb_local)
        yield database, Meter(database)
    database.client.close()


def close(database: Database) -> None:
    """Close the connections of all its clients."""
    for client in {database.client, vars(database)["_client"]} - {None}:
        client.close()


@pytest.fixture(params=["moto", pytest.param("dynamodb_local", marks=ON_DYNAMODB_LOCAL)])
def database(request: pytest.FixtureRequest) -> Database:
    name = "moto_database" if request.param == "moto" else "local_tables"
    database: Database = request.getfixturevalue(name)
    return database


@pytest.fixture(params=["fake", "moto", pytest.param("dynamodb_local", marks=ON_DYNAMODB_LOCAL)])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "fake":
        return FakeStore()
    name = "moto_database" if request.param == "moto" else "local_tables"
    return DynamoStore(request.getfixturevalue(name), EVENTS_KEPT)


@pytest.fixture
def local_store(local_tables: Database) -> DynamoStore:
    return DynamoStore(local_tables, EVENTS_KEPT)


@pytest.fixture
def api_keys(database: Database) -> DynamoApiKeys:
    return DynamoApiKeys(database)


@pytest.fixture
def site(local_store: DynamoStore, account: str) -> Site:
    return Site(local_store, account)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers who collide go on for a minute: a busy machine is no reason to give up."""
    monkeypatch.setattr(unit_of_work, "PATIENCE", 60)
