-- What verifiers fetch: the key list signed by the root key, and the revocation list.

create table signed_jwks (
  id uuid primary key,
  root_kid text collate "C" not null,
  content text not null check (length(content) <= 1000000),
  published_at timestamptz not null
);
comment on table signed_jwks is 'Key lists signed by the vendor''s offline root key, byte for byte; the newest is served.';

-- The revocation list names the key that took a revoked one's place.
create index license_keys_replaces on license_keys (replaces_id) where replaces_id is not null;
-- And it lists only keys that can be verified offline.
create index license_keys_ended_signed on license_keys (coalesce(revoked_at, superseded_at), id)
  where kid is not null and (revoked_at is not null or superseded_at is not null);
drop index license_keys_ended;
