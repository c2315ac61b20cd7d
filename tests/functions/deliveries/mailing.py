"""E-mails of an account that are sent, handed over, and reported on, as AWS would invoke the functions."""

from dataclasses import dataclass
from typing import Any

from invoicing.domain.deliveries.delivery import Delivery
from invoicing.storage.kinds.deliveries import DeliveryRecord
from tests.aws import Aws
from tests.http import Response, call, load_handler, request
from tests.mail_service import mail_message
from tests.messages import messages_of


@dataclass
class Mailing:
    """What one key sends."""

    aws: Aws
    key: str

    def send(self, invoice_id: str, **body: Any) -> Response:
        """Ask to send an invoice."""
        path, parameters = f"/invoices/{invoice_id}/send", {"invoice_id": invoice_id}
        return call("invoices/send_invoice", request("POST", path, body, key=self.key, parameters=parameters))

    def deliver(self) -> None:
        """Hand over all e-mails that were asked for."""
        sent = [message for message in messages_of(self.aws) if '"email_requested":true' in message["body"]]
        answer = load_handler("reactions/deliver_email")({"Records": sent}, None)
        assert answer == {"batchItemFailures": []}

    def deliveries(self) -> list[Delivery]:
        """All deliveries, the oldest first."""
        items = [item for item in self.aws.items("deliveries") if item["sk"]["S"].startswith("dlv_")]
        return sorted(map(DeliveryRecord.entity_of, items), key=lambda delivery: delivery.id)

    def report(self, recipient: str, *names: str) -> None:
        """Let SES report something of the latest e-mail to a recipient."""
        latest = [delivery for delivery in self.deliveries() if delivery.recipient == recipient][-1]
        records = [
            mail_message(name, latest.id, account=latest.account, message_id=f"m-{index}")
            for index, name in enumerate(names)
        ]
        answer = load_handler("reactions/record_mail_events")({"Records": records}, None)
        assert answer == {"batchItemFailures": []}
