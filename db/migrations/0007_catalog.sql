-- Indexes of the License Catalog. All begin with the owner: a page reads only the reader's own part of each.

drop index licenses_owner;
create index licenses_owner_newest on licenses (owner_id, coalesce(registered_at, created_at), id) where owner_id is not null;
create index licenses_owner_end on licenses (owner_id, coalesce(ends_on, 'infinity'::date), id) where owner_id is not null;
create index licenses_owner_product on licenses (owner_id, product_version_id, id) where owner_id is not null;
create index licenses_owner_customer on licenses (owner_id, customer_id, id) where owner_id is not null;
create index licenses_owner_kind on licenses (owner_id, kind, coalesce(registered_at, created_at), id)
  where owner_id is not null;
create index licenses_owner_ended on licenses (owner_id, id)
  where owner_id is not null and (revoked_at is not null or superseded_at is not null);
create index licenses_owner_planned on licenses (owner_id, starts_on) where owner_id is not null and starts_on is not null;

-- The planner keeps no statistics of what partial indexes compute.
create statistics licenses_newest on (coalesce(registered_at, created_at)) from licenses;
create statistics licenses_end on (coalesce(ends_on, 'infinity'::date)) from licenses;

-- What the one-box search finds exactly.
create index orders_purchase_order on orders (purchase_order) where purchase_order is not null;
create index order_lines_certificate on order_lines (certificate_number) where certificate_number is not null;
create index license_keys_signed on license_keys using hash (key_text) where scheme = 'signed';
create index license_keys_host on license_keys (host_id) where host_id is not null;
create index licenses_printed_key on licenses using hash (printed_key) where printed_key is not null;
