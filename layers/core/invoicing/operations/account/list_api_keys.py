"""List the API keys of an account, in one mode."""

from invoicing.domain.access.api_key import ApiKey
from invoicing.operations.unit_of_work.ports import ApiKeys
from invoicing.operations.unit_of_work.unit_of_work import UnitOfWork


def list_api_keys(uow: UnitOfWork, keys: ApiKeys) -> list[ApiKey]:
    """All keys of the caller's account and mode, newest first: revoked and expired ones too."""
    return sorted(keys.of(uow.account), key=lambda key: (key.created_at, key.id), reverse=True)
