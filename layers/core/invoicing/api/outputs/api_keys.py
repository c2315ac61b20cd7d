"""How API keys look in answers."""

from datetime import datetime
from typing import TypedDict

from invoicing.api.envelope import Result, timestamp
from invoicing.domain.access.api_key import ApiKey
from invoicing.operations.account._api_keys import IssuedKey

PATH = "/account/api-keys"


class ApiKeyOutput(TypedDict):
    """An API key; ``last_used`` is the full hour, ``replaced_by`` the key that a rotation made of it."""

    id: str
    name: str | None
    mode: str
    scopes: list[str]
    last_four: str
    created_at: str
    last_used: str | None
    expires_at: str | None
    revoked_at: str | None
    replaced_by: str | None


class IssuedApiKeyOutput(ApiKeyOutput):
    """A new API key; ``key`` is the secret, shown this once: null when the same request is answered again."""

    key: str | None


def api_key_output(key: ApiKey) -> ApiKeyOutput:
    """A key as the contract writes it."""
    return ApiKeyOutput(
        id=key.id,
        name=key.name,
        mode=key.mode,
        scopes=list(key.scopes),
        last_four=key.last_four,
        created_at=timestamp(key.created_at),
        last_used=_timestamp(key.last_used),
        expires_at=_timestamp(key.expires_at),
        revoked_at=_timestamp(key.revoked_at),
        replaced_by=key.replaced_by,
    )


def issued_key_reply(issued: IssuedKey) -> Result:
    """The one answer that shows a secret."""
    data = IssuedApiKeyOutput(**api_key_output(issued.key), key=issued.secret)
    links = {"self": f"{PATH}/{issued.key.id}", "rotate": f"{PATH}/{issued.key.id}/rotate", "list": PATH}
    return Result(status=201, data=data, links=links, location=links["self"], shown_once=("key",))


def _timestamp(instant: datetime | None) -> str | None:
    return None if instant is None else timestamp(instant)
