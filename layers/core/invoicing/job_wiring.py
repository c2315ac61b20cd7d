"""The adapters of what goes on in the background, which `invoicing.wiring.Wiring` has among all others."""

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from invoicing.settings import Settings

if TYPE_CHECKING:
    from invoicing.messaging.due_work import SqsDueWorkQueue
    from invoicing.objects.s3 import S3ObjectStore
    from invoicing.operations.customers._erasure import ErasurePorts
    from invoicing.operations.exports._ports import ExportPorts
    from invoicing.operations.imports._ports import ImportPorts
    from invoicing.operations.test_clock._advance import Advance
    from invoicing.operations.test_clock._own_clock import ClockPorts
    from invoicing.operations.unit_of_work.ports import RealTime
    from invoicing.storage.api_keys import DynamoApiKeys
    from invoicing.storage.due_work import DynamoDueWork
    from invoicing.storage.event_log import DynamoEventLog
    from invoicing.storage.ledger import DynamoLedger


class JobWiring:
    """The adapters of test clocks, imports, exports and erasures, made on first use."""

    settings: Settings

    @cached_property
    @abstractmethod
    def api_keys(self) -> "DynamoApiKeys":
        """The API keys of all accounts."""

    @cached_property
    @abstractmethod
    def ledger(self) -> "DynamoLedger":
        """The customer ledger."""

    @cached_property
    @abstractmethod
    def event_log(self) -> "DynamoEventLog":
        """The events in the order of recording."""

    @cached_property
    @abstractmethod
    def real_time(self) -> "RealTime":
        """Real time, which no test clock changes."""

    @cached_property
    @abstractmethod
    def due_work(self) -> "DynamoDueWork":
        """The index of due work."""

    @cached_property
    @abstractmethod
    def due_work_queue(self) -> "SqsDueWorkQueue":
        """The queue of due work."""

    @cached_property
    @abstractmethod
    def objects(self) -> "S3ObjectStore":
        """The storage of PDFs and files."""

    @cached_property
    def advance(self) -> "Advance":
        """What advances test clocks."""
        from invoicing.operations.test_clock._advance import Advance

        return Advance(ports=self.clock_ports, queue=self.due_work_queue, real_time=self.real_time)

    @cached_property
    def imports(self) -> "ImportPorts":
        """What imports rows."""
        from invoicing.api.imports.reader import ImportRows
        from invoicing.operations.imports._ports import ImportPorts

        return ImportPorts(
            objects=self.objects, reader=ImportRows(), queue=self.due_work_queue, real_time=self.real_time
        )

    @cached_property
    def exports(self) -> "ExportPorts":
        """What exports read and write."""
        from invoicing.api.exports.writer import ExportRows
        from invoicing.operations.exports._ports import ExportPorts

        return ExportPorts(
            objects=self.objects,
            writer=ExportRows(),
            ledger=self.ledger,
            events=self.event_log,
            events_kept=self.settings.events_kept,
            queue=self.due_work_queue,
            real_time=self.real_time,
        )

    @cached_property
    def erasures(self) -> "ErasurePorts":
        """What erases documents."""
        from invoicing.operations.customers._erasure import ErasurePorts

        return ErasurePorts(objects=self.objects, ledger=self.ledger)

    @cached_property
    def clock_ports(self) -> "ClockPorts":
        """What the use cases of test clocks need from outside."""
        from invoicing.operations.test_clock._own_clock import ClockPorts

        return ClockPorts(keys=self.api_keys, due_work=self.due_work, events=self.event_log)
