"""What must not work gives the contract's error, and changes nothing."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from invoicing import exact_json
from tests.stories.client import QUICK_START, Client, content, data, error
from tests.stories.conftest import Deployment

TABLES = ("CustomersTable", "InvoicesTable", "EventsTable", "DeliveriesTable", "IdempotencyTable", "AccountsTable")


@pytest.fixture(scope="module")
def client(deployment: Deployment) -> Client:
    client = Client(deployment.url, deployment.create_account()["api_key"])
    data(client.post("/customers", {"id": "cust_123", "name": "Ada Lovelace", "email": "ada@refusals.example"}))
    return client


@pytest.fixture(scope="module")
def invoice_id(client: Client) -> str:
    made: str = data(client.post("/invoices", QUICK_START))["id"]
    return made


@pytest.fixture(scope="module")
def numbered_id(client: Client) -> str:
    """A draft with a number of its client's own, made under an idempotency key."""
    body = {**exact_json.loads(QUICK_START), "invoice_number": "TAKEN-1"}
    made: str = data(client.post("/invoices", body, Idempotency_Key="used-before"))["id"]
    return made


@pytest.fixture(scope="module")
def reading_key(client: Client) -> str:
    """A key that may only read invoices."""
    made: str = data(client.post("/account/api-keys", {"name": "Reader", "scopes": ["invoices:read"]}))["key"]
    return made


@pytest.fixture(scope="module")
def stranger(deployment: Deployment) -> Client:
    return Client(deployment.url, deployment.create_account(name="Stranger")["api_key"])


@pytest.fixture(scope="module")
def revoked_key(deployment: Deployment) -> str:
    """A key that worked, and was revoked since."""
    key = deployment.create_account(name="Soon revoked")["api_key"]
    assert Client(deployment.url, key).get("/customers/cust_x").status_code == 404
    deployment.session.client("dynamodb", endpoint_url=deployment.aws.endpoint).update_item(
        TableName=deployment.stack.resources["ApiKeysTable"],
        Key={"pk": {"S": hashlib.sha256(key.encode()).hexdigest()}},
        UpdateExpression="SET revoked_at = :now",
        ExpressionAttributeValues={":now": {"S": "2026-01-01T00:00:00+00:00"}},
    )
    return key


@pytest.fixture
def nothing_changes(deployment: Deployment, invoice_id: str, stranger: Client, revoked_key: str) -> Iterator[None]:
    before = stored(deployment)
    yield
    assert stored(deployment) == before


def stored(deployment: Deployment) -> dict[str, Any]:
    """Everything in every table but the keys, whose requests are counted."""
    dynamodb = deployment.session.client("dynamodb", endpoint_url=deployment.aws.endpoint)
    return {
        table: sorted(dynamodb.scan(TableName=deployment.stack.resources[table], ConsistentRead=True)["Items"], key=str)
        for table in TABLES
    }


def refused(response: Any, status: int, kind: str, code: str) -> Any:
    """The error of an answer, after checking all that the contract says of errors."""
    assert response.status_code == status, response.text
    body = content(response)
    found = body["error"]
    assert (found["type"], found["code"]) == (kind, code)
    assert found["message"]
    assert found["request_id"] == body["meta"]["request_id"] == response.headers["X-Request-ID"]
    assert found["timestamp"].endswith("Z")
    for header in ("X-API-Version", "X-Response-Time", "X-RateLimit-Limit", "X-RateLimit-Remaining"):
        assert header in response.headers
    return found


def only_detail(found: Any) -> tuple[str, str]:
    (detail,) = found["details"]
    return detail["field"], detail["code"]


def test_health_and_pages_answer_head(client: Client) -> None:
    for path, status in (("/health", 200), ("/dashboard", 200), ("/i/nobody-knows-it", 404)):
        got, head = (Client(client.url, None).call(method, path) for method in ("GET", "HEAD"))
        assert (got.status_code, head.status_code, head.content) == (status, status, b"")
        assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert data(Client(client.url, None).get("/health")) == {"status": "ok"}


@pytest.mark.usefixtures("numbered_id", "reading_key", "nothing_changes")
class TestRefusals:
    def test_no_key(self, client: Client) -> None:
        answer = Client(client.url, None).post("/invoices", QUICK_START)
        refused(answer, 401, "authentication_error", "missing_api_key")

    @pytest.mark.parametrize("key", ["sk_test_" + "0" * 32, "nonsense"])
    def test_a_wrong_key(self, client: Client, key: str) -> None:
        answer = Client(client.url, key).post("/invoices", QUICK_START)
        refused(answer, 401, "authentication_error", "invalid_api_key")

    def test_a_revoked_key(self, client: Client, revoked_key: str) -> None:
        answer = Client(client.url, revoked_key).post("/invoices", QUICK_START)
        refused(answer, 401, "authentication_error", "key_revoked")

    def test_a_key_without_the_scope(self, client: Client, reading_key: str) -> None:
        answer = Client(client.url, reading_key).post("/invoices", QUICK_START)
        refused(answer, 403, "permission_error", "INSUFFICIENT_SCOPE")

    @pytest.mark.parametrize(
        "body", ['{"customer_id": ', "[1, 2", '{"a": NaN}', b"\xff\xfe", r'{"a": "\ud800"}', '{"a": 1, "a": 1}']
    )
    def test_broken_json(self, client: Client, body: str | bytes) -> None:
        refused(client.post("/invoices", body), 400, "invalid_request_error", "INVALID_JSON")

    def test_a_wrong_type(self, client: Client) -> None:
        answer = client.post("/invoices", QUICK_START.replace("10,", '"ten",'))
        found = refused(answer, 422, "validation_error", "VALIDATION_FAILED")
        assert only_detail(found) == ("items[0].quantity", "QUANTITY_INVALID")

    def test_a_missing_field(self, client: Client) -> None:
        answer = client.post("/invoices", QUICK_START.replace('"description": "Web Development Services",', ""))
        found = refused(answer, 422, "validation_error", "VALIDATION_FAILED")
        assert only_detail(found) == ("items[0].description", "FIELD_REQUIRED")

    def test_a_due_date_before_the_issue_date(self, client: Client) -> None:
        body = {**exact_json.loads(QUICK_START), "issue_date": "2024-02-16"}
        found = refused(client.post("/invoices", body), 422, "validation_error", "VALIDATION_FAILED")
        assert only_detail(found) == ("due_date", "DATE_INVALID")

    @pytest.mark.parametrize(
        "query", ["paid=yes", "sort=notes", "fields=secret", "filter[status][gt]=sent", "cursor=%ff"]
    )
    def test_a_wrong_query(self, client: Client, query: str) -> None:
        found = refused(client.get(f"/invoices?{query}"), 400, "invalid_request_error", "INVALID_QUERY")
        assert only_detail(found)[0] == query.partition("=")[0]

    def test_an_invoice_number_that_is_taken(self, client: Client, numbered_id: str) -> None:
        body = {**exact_json.loads(QUICK_START), "invoice_number": "TAKEN-1"}
        found = refused(client.post("/invoices", body), 409, "resource_conflict", "DUPLICATE_INVOICE_NUMBER")
        assert only_detail(found) == ("invoice_number", "INVOICE_NUMBER_EXISTS")
        assert found["existing_resource"] == f"{client.url}/invoices/{numbered_id}"

    def test_an_idempotency_key_of_another_request(self, client: Client) -> None:
        answer = client.post("/invoices", QUICK_START, Idempotency_Key="used-before")
        refused(answer, 409, "resource_conflict", "IDEMPOTENCY_KEY_REUSED")

    def test_an_integer_that_no_answer_could_repeat(self, client: Client) -> None:
        answer = client.post("/invoices", QUICK_START.replace("10,", "9" * 30 + ","))
        found = refused(answer, 422, "validation_error", "VALIDATION_FAILED")
        assert only_detail(found) == ("items[0].quantity", "QUANTITY_INVALID")

    def test_an_unknown_customer(self, client: Client) -> None:
        answer = client.post("/invoices", QUICK_START.replace("cust_123", "cust_404"))
        found = refused(answer, 422, "validation_error", "INVALID_CUSTOMER")
        assert only_detail(found) == ("customer_id", "CUSTOMER_NOT_FOUND")

    def test_a_customer_id_that_is_taken(self, client: Client) -> None:
        answer = client.post("/customers", {"id": "cust_123", "name": "Someone else"})
        found = refused(answer, 409, "resource_conflict", "DUPLICATE_CUSTOMER")
        assert found["existing_resource"] == f"{client.url}/customers/cust_123"

    @pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
    def test_an_unknown_route(self, client: Client, method: str) -> None:
        refused(client.call(method, "/no/such/thing"), 404, "not_found_error", "ROUTE_NOT_FOUND")

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_another_method_of_a_known_route(self, client: Client, invoice_id: str, method: str) -> None:
        answer = client.call(method, "/invoices")
        refused(answer, 405, "invalid_request_error", "METHOD_NOT_ALLOWED")
        assert answer.headers["Allow"] == "GET, POST"
        answer = client.call("POST", f"/invoices/{invoice_id}")
        refused(answer, 405, "invalid_request_error", "METHOD_NOT_ALLOWED")
        assert answer.headers["Allow"] == "DELETE, GET, PATCH"

    def test_an_unknown_invoice(self, client: Client) -> None:
        refused(client.get("/invoices/inv_404"), 404, "not_found_error", "INVOICE_NOT_FOUND")
        refused(client.get("/invoices/inv_404/pdf"), 404, "not_found_error", "INVOICE_NOT_FOUND")
        refused(client.post("/invoices/inv_404/send"), 404, "not_found_error", "INVOICE_NOT_FOUND")

    def test_a_body_of_two_megabytes(self, client: Client) -> None:
        body = QUICK_START.replace("Web Development Services", "x" * 2_000_000)
        refused(client.post("/invoices", body), 413, "invalid_request_error", "REQUEST_TOO_LARGE")

    def test_another_accounts_invoice(self, stranger: Client, invoice_id: str) -> None:
        refused(stranger.get(f"/invoices/{invoice_id}"), 404, "not_found_error", "INVOICE_NOT_FOUND")
        refused(stranger.post(f"/invoices/{invoice_id}/send"), 404, "not_found_error", "INVOICE_NOT_FOUND")
        refused(stranger.get(f"/invoices/{invoice_id}/pdf"), 404, "not_found_error", "INVOICE_NOT_FOUND")

    def test_another_version_than_the_current_one(self, client: Client, invoice_id: str) -> None:
        answer = client.post(f"/invoices/{invoice_id}/send", If_Match='"v7"')
        refused(answer, 412, "precondition_failed", "ETAG_MISMATCH")

    def test_the_clients_own_request_id_comes_back(self, client: Client) -> None:
        answer = client.get("/invoices/inv_404", X_Request_ID="my-id.1")
        assert error(answer)["request_id"] == answer.headers["X-Request-ID"] == "my-id.1"
