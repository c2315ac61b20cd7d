"""Bank accounts in request bodies."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from invoicing.api.inputs.base import RequestBody
from invoicing.api.inputs.fields import Currency, Name, Word
from invoicing.domain.merging import Merge
from invoicing.domain.parties.bank_account import WrongRouting, is_bic, standard_iban, standard_routing
from invoicing.domain.parties.details import BankAccount, Routing, RoutingType
from invoicing.domain.parties.payment_codes import LONGEST_UPI_ID, is_upi_id

MOST_BANK_ACCOUNTS = 10


def _iban(value: str) -> str:
    """Normalize an IBAN: stored without the spaces that people write it with."""
    iban = standard_iban(value)
    if iban is None:
        raise PydanticCustomError("IBAN_INVALID", "must be a valid IBAN; check its length and check digits")
    return iban


def _bic(value: str) -> str:
    bic = value.replace(" ", "").upper()
    if not is_bic(bic):
        raise PydanticCustomError("BIC_INVALID", "must be a BIC of 8 or 11 letters and digits")
    return bic


def _upi_id(value: str) -> str:
    if not is_upi_id(value):
        raise PydanticCustomError("UPI_ID_INVALID", "must be a UPI ID such as acme@okbank")
    return value


class RoutingInput(RequestBody):
    """The national code of a bank or branch."""

    type: RoutingType
    code: Word

    @field_validator("code")
    @classmethod
    def _standard(cls, value: str, info: ValidationInfo) -> str:
        if "type" not in info.data:
            return value
        try:
            return standard_routing(info.data["type"], value)
        except WrongRouting as error:
            raise PydanticCustomError("ROUTING_INVALID", "must be {meaning}", {"meaning": str(error)}) from None


class BankAccountInput(RequestBody):
    """An account that customers pay to: ISO 13616 IBAN and ISO 9362 BIC, or a national number."""

    currency: Currency | None = None
    iban: Annotated[str, StringConstraints(strict=True, max_length=60), AfterValidator(_iban)] | None = None
    bic: Annotated[str, StringConstraints(strict=True, max_length=20), AfterValidator(_bic)] | None = None
    account_number: Word | None = None
    routing: RoutingInput | None = None
    holder: Name | None = None
    bank_name: Name | None = None
    upi_id: (
        Annotated[str, StringConstraints(strict=True, max_length=LONGEST_UPI_ID), AfterValidator(_upi_id)] | None
    ) = None

    def changes(self) -> Merge:
        """Return the given members as changes of a bank account."""
        return self.merge(_bank_account)

    def account(self) -> BankAccount:
        """Convert to the domain's value."""
        return _bank_account(**self.model_dump())


BankAccounts = Annotated[list[BankAccountInput], Field(max_length=MOST_BANK_ACCOUNTS)]


def _bank_account(*, routing: Any = None, **members: Any) -> BankAccount:
    """Make a bank account, of which ``routing`` may be given as a mapping."""
    return BankAccount(**members, routing=Routing(**routing) if isinstance(routing, dict) else routing)
