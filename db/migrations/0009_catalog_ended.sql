-- Revoked and replaced licenses are listed newest first, too: read from an index in that order instead of sorted.

drop index licenses_owner_ended;
create index licenses_owner_revoked on licenses (owner_id, coalesce(registered_at, created_at), id)
  where owner_id is not null and revoked_at is not null;
create index licenses_owner_superseded on licenses (owner_id, coalesce(registered_at, created_at), id)
  where owner_id is not null and superseded_at is not null and revoked_at is null;
