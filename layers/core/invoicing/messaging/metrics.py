"""Metrics for operators in CloudWatch's embedded metric format: a log line, and no request."""

from typing import Any

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

NAMESPACE = "invoicing"


class Metrics:
    """Counts during one invocation; counts with the same name and dimensions are one metric."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}

    def count(self, name: str, **dimensions: str) -> None:
        """Add 1 to a metric of these dimensions."""
        key = name, tuple(sorted(dimensions.items()))
        self._counts[key] = self._counts.get(key, 0) + 1

    def flush(self) -> None:
        """Write all counts."""
        for (name, dimensions), value in self._counts.items():
            metrics: Any = EphemeralMetrics(namespace=NAMESPACE)
            for dimension, text in dimensions:
                metrics.add_dimension(dimension, text)
            metrics.add_metric(name, MetricUnit.Count, value)
            metrics.flush_metrics()
        self._counts.clear()
