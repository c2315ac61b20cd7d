"""What a function tells its operators: one JSON line for each request, message and tick, which is a metric, too."""

import time
from typing import Any

from aws_lambda_powertools import Logger

from invoicing.settings import function_name

NAMESPACE = "invoicing"

logger = Logger(function=function_name())
"""Every line names its function, as all functions may share a log group."""


def counted(metric: str, *dimensions: str) -> dict[str, Any]:
    """Members that make a line of the log count 1 of a metric, by members of the line whose values are texts.

    CloudWatch reads them from the log (embedded metric format): no second line, and no request.
    """
    directive = {
        "Namespace": NAMESPACE,
        "Dimensions": [["service", *dimensions]],
        "Metrics": [{"Name": metric, "Unit": "Count"}],
    }
    return {"_aws": {"Timestamp": time.time_ns() // 1_000_000, "CloudWatchMetrics": [directive]}, metric: 1}
