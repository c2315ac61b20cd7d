"""Every test begins on a new and empty AWS, and what is prepared is there as if it was just made."""

import pytest
from moto.ses.models import ses_backends

from invoicing.wiring import Wiring, wiring
from tests.aws import AWS_ACCOUNT, REGION, Aws
from tests.prepared import prepared
from tests.template import read_template


def leave(aws: Aws, name: str) -> None:
    """Something in a table, in the bucket, on the bus and in the mail."""
    item = {"pk": {"S": name}, "sk": {"S": name}}
    aws.client("dynamodb").put_item(TableName=aws.environment["CUSTOMERS_TABLE"], Item=item)
    aws.client("s3").put_object(Bucket=aws.environment["DOCUMENTS_BUCKET"], Key=name, Body=b"PDF")
    aws.client("events").put_rule(Name=name, EventBusName=aws.environment["EVENT_BUS"], EventPattern='{"source": [""]}')
    aws.client("ses").send_raw_email(
        Source=aws.environment["EMAIL_SENDER"],
        Destinations=["ada@example.com"],
        RawMessage={"Data": b"Subject: Hi\n\n"},
    )


def left(aws: Aws) -> list[int]:
    """How much is where `leave` leaves something."""
    documents = aws.client("s3").list_objects_v2(Bucket=aws.environment["DOCUMENTS_BUCKET"])["KeyCount"]
    rules = aws.client("events").list_rules(EventBusName=aws.environment["EVENT_BUS"])["Rules"]
    mails = ses_backends[AWS_ACCOUNT][REGION].sent_messages
    return [sum(len(aws.items(table)) for table in read_template().tables), documents, len(rules), len(mails)]


WIRED: list[Wiring] = []


@pytest.mark.parametrize("time", [1, 2])
def test_nothing_is_there_of_what_another_test_left(aws: Aws, time: int) -> None:
    assert left(aws) == [0, 0, 0, 0]
    WIRED.append(wiring())
    leave(aws, "left")
    assert left(aws) == [1, 1, 1, 1]
    assert len({id(wired.database) for wired in WIRED}) == len(WIRED)


MADE: list[str] = []


@prepared
def something(aws: Aws, name: str) -> list[str]:
    leave(aws, name)
    MADE.append(name)
    return [name]


@pytest.mark.parametrize("time", [1, 2])
def test_what_is_prepared_is_made_once_and_is_there_each_time(aws: Aws, time: int) -> None:
    made = something(aws, "prepared")
    assert (left(aws), made) == ([1, 1, 1, 1], ["prepared"])
    made.append("is no other test's")
    leave(aws, "more")
    assert left(aws) == [2, 2, 2, 2]
    assert MADE.count("prepared") == 1


@pytest.mark.parametrize("time", [1, 2])
def test_on_another_aws_it_is_made_anew(aws: Aws, time: int) -> None:
    leave(aws, f"before {time}")
    something(aws, "anew")
    assert (left(aws), MADE.count("anew")) == ([2, 2, 2, 2], time)
    something(aws, "for somebody else")
    assert left(aws) == [3, 3, 3, 3]
