"""GET /imports/{import_id}: the link to the failed rows."""

from urllib.parse import parse_qs, unquote, urlsplit

from tests.aws import Aws
from tests.functions.imports.importing import post, read, tick
from tests.http import a_key


def test_failed_rows_can_be_downloaded_for_a_day(aws: Aws, queue: None, key: str) -> None:
    begun = post(key, type="customers", data="name,email\nAda,nobody\n=Bo,\n").data
    assert read(key, begun["id"]).data["errors_url"] is None
    tick(aws)
    ended = read(key, begun["id"]).data
    link = urlsplit(ended["errors_url"])
    query = parse_qs(link.query)
    assert query["X-Amz-Expires"] == ["86400"]
    assert query["response-content-disposition"][0].startswith(f'attachment; filename="{begun["id"]}-errors.csv"')
    bucket = aws.environment["DOCUMENTS_BUCKET"]
    name = unquote(link.path).removeprefix(f"/{bucket}").lstrip("/")
    content = aws.client("s3").get_object(Bucket=bucket, Key=name)["Body"].read().decode("utf-8-sig")
    assert [line.split(",")[:3] for line in content.splitlines()[1:]] == [["2", "EMAIL_INVALID", "email"]]


def test_another_accounts_import_is_not_found(aws: Aws, key: str) -> None:
    begun = post(key, type="customers", data="name\nAda\n").data
    assert read(a_key(), begun["id"]).status == 404
