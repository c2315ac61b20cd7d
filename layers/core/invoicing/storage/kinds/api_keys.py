"""API keys; `invoicing.storage.api_keys` finds them by their hash and counts their requests."""

from datetime import UTC, datetime
from typing import Any, cast

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from invoicing.domain.access.api_key import ApiKey
from invoicing.domain.access.caller import Mode
from invoicing.operations.lists.sort_texts import CREATED
from invoicing.storage.dynamodb.clock_codec import clock_from, clock_text
from invoicing.storage.dynamodb.index import Index
from invoicing.storage.dynamodb.record import Item, Listing, item_of
from invoicing.storage.dynamodb.table_names import TableName
from invoicing.storage.kinds import stores

API_KEY_LISTING = Listing(
    indexes=(
        Index(
            name="by_account",
            partition="account",
            range="key_id",
            # Ids sort by time of creation: one can stand for it in an order, though not in a filter.
            field=CREATED,
            unique=True,
            id_attribute="pk",
        ),
    ),
    texts=lambda key: {"id": key.hash, CREATED: key.id},
    key=lambda _, key_hash: (key_hash,),
)


@stores(ApiKey)
class ApiKeyRecord(Model):
    """An API key under the SHA-256 of its secret, with the count of this hour's requests."""

    listing = API_KEY_LISTING

    class Meta:
        table_name = TableName("api_keys")

    pk = UnicodeAttribute(hash_key=True)
    key_id = UnicodeAttribute()
    account = UnicodeAttribute()
    mode = UnicodeAttribute()
    scopes = UnicodeAttribute()
    last_four = UnicodeAttribute()
    created_at = UnicodeAttribute()
    version = NumberAttribute(default=1)
    name = UnicodeAttribute(null=True)
    replaced_by = UnicodeAttribute(null=True)
    requests_per_hour = NumberAttribute()
    hour = NumberAttribute(default=0)
    requests_used = NumberAttribute(default=0)
    expires_at = NumberAttribute(null=True)
    revoked_at = UnicodeAttribute(null=True)
    clock = UnicodeAttribute(null=True)

    @classmethod
    def of(cls, key: ApiKey) -> Item:
        """Write the item of a key. Replacing one in use may reset the hour's count by the last few requests."""
        return item_of(
            cls,
            pk=key.hash,
            key_id=key.id,
            account=key.account,
            version=key.version,
            name=key.name,
            mode=key.mode,
            scopes=" ".join(key.scopes),
            last_four=key.last_four,
            created_at=key.created_at.isoformat(),
            requests_per_hour=key.requests_per_hour,
            hour=key.hour,
            requests_used=key.requests_used,
            expires_at=int(key.expires_at.timestamp()) if key.expires_at else None,
            revoked_at=key.revoked_at.isoformat() if key.revoked_at else None,
            replaced_by=key.replaced_by,
            clock=clock_text(key.clock) if key.clock else None,
        )

    @classmethod
    def entity_of(cls, item: dict[str, Any]) -> ApiKey:
        """Read the key of an item."""
        record = cls.from_raw_data(item)
        return ApiKey(
            hash=record.pk,
            id=record.key_id,
            account=record.account,
            version=int(record.version),
            name=record.name,
            mode=cast(Mode, record.mode),
            scopes=tuple(record.scopes.split()),
            last_four=record.last_four,
            created_at=datetime.fromisoformat(record.created_at),
            requests_per_hour=int(record.requests_per_hour),
            hour=int(record.hour),
            requests_used=int(record.requests_used),
            expires_at=datetime.fromtimestamp(record.expires_at, UTC) if record.expires_at else None,
            revoked_at=datetime.fromisoformat(record.revoked_at) if record.revoked_at else None,
            replaced_by=record.replaced_by,
            clock=clock_from(record.clock) if record.clock else None,
        )
