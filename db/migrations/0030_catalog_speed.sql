-- Up to 2,000 licenses that an organization added by serial number are in every order of its License Catalog: read from
-- one small index, not from two thousand places of the table.
create index licenses_unowned on licenses (id) include (registered_at, created_at, serial, starts_on, ends_on, grace_days,
  quantity, kind, product_version_id, customer_id, superseded_at, revoked_at) where owner_id is null;
