"""List the API keys of an account, in one mode."""

from invoicing.domain.api_key import ApiKey
from invoicing.operations.ports import ApiKeys
from invoicing.operations.work import Work


def list_api_keys(work: Work, keys: ApiKeys) -> list[ApiKey]:
    """All keys of the caller's account and mode, newest first: revoked and expired ones too."""
    return sorted(keys.of(work.account), key=lambda key: (key.created_at, key.id), reverse=True)
