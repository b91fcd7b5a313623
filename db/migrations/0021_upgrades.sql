-- Version upgrades: campaigns, the notifications that announce them, and which license became which.

alter table licenses add column upgraded_quantity integer not null default 0;
alter table licenses add constraint licenses_upgraded_quantity check (upgraded_quantity between 0 and quantity);
comment on column licenses.upgraded_quantity is 'How much of it is upgraded already while its old keys still work.';
alter table licenses add column upgraded_from_license_id uuid references licenses (id);
create index licenses_upgraded_from on licenses (upgraded_from_license_id) where upgraded_from_license_id is not null;
-- Whom a campaign concerns, customer by customer.
create index licenses_version on licenses (product_version_id, customer_id, id);
create index orders_cancelled on orders (id) where cancelled_at is not null;

alter table products add column downgrade_right boolean not null default false;
comment on column products.downgrade_right is 'Whether a license may be used with keys of an earlier version of the product.';
alter table license_keys add column product_version_id uuid references product_versions (id);
comment on column license_keys.product_version_id is 'Downgrade: the earlier version that the key is for; none = that of its license.';

create table campaigns (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  state text not null default 'draft' check (state in ('draft', 'publishing', 'published', 'paused', 'ended')),
  starts_on date not null,
  ends_on date,
  overlap_days integer not null default 30 check (overlap_days between 0 and 3650),
  notification_days integer not null default 365 check (notification_days between 1 and 3650),
  needs_maintenance boolean not null default true,
  kinds text[] not null default '{product,subscription}'
    check (cardinality(kinds) > 0 and kinds <@ array['product', 'maintenance', 'content', 'subscription']),
  countries text[] not null default '{}',
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  published_to uuid,
  progress_done integer not null default 0,
  progress_total integer not null default 0,
  check (ends_on is null or ends_on >= starts_on),
  check (state in ('draft', 'publishing') or published_at is not null)
);
comment on table campaigns is 'The vendor lets licenses move to new versions. Days are the vendor''s.';
comment on column campaigns.overlap_days is 'How long old and new keys are both valid.';
comment on column campaigns.notification_days is 'How long an Upgrade Notification ID is valid, at most until the campaign ends.';
comment on column campaigns.needs_maintenance is 'Licenses of kind product need maintenance on the day the new version was released.';
comment on column campaigns.countries is 'Countries of the customers it is for; none = all.';
comment on column campaigns.published_to is 'The customer up to whom publishing has come, in the order of ids.';

create table campaign_paths (
  id uuid primary key,
  campaign_id uuid not null references campaigns (id) on delete cascade,
  from_version_id uuid not null references product_versions (id),
  to_version_id uuid not null references product_versions (id),
  unique (campaign_id, from_version_id, to_version_id),
  check (from_version_id <> to_version_id)
);
comment on table campaign_paths is 'From which version a campaign leads to which; a version may have several targets.';
create index campaign_paths_from on campaign_paths (from_version_id);

create table upgrade_notifications (
  id uuid primary key,
  campaign_id uuid not null references campaigns (id),
  customer_id uuid not null references customers (id),
  id_hash bytea not null unique check (length(id_hash) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  unique (campaign_id, customer_id)
);
comment on table upgrade_notifications is 'The Upgrade Notification of a campaign for a customer. Its ID follows from this id and a key outside the database; here is its SHA-256.';
create index upgrade_notifications_customer on upgrade_notifications (customer_id);

create table upgrade_notification_mails (
  notification_id uuid not null references upgrade_notifications (id) on delete cascade,
  mail_id uuid not null,
  email text not null check (length(email) <= 254),
  recipient text not null check (recipient in ('administrator', 'technical_contact', 'order_contact', 'other')),
  queued_at timestamptz not null,
  primary key (notification_id, mail_id)
);
comment on table upgrade_notification_mails is 'To whom a notification was sent. What became of the mail is with the mail, while it is kept.';
create index upgrade_notification_mails_mail on upgrade_notification_mails (mail_id);
create index upgrade_notification_mails_email on upgrade_notification_mails (email, notification_id);
create index mails_parked on mails (id) where parked_at is not null;

create table upgrade_notification_readers (
  notification_id uuid not null references upgrade_notifications (id),
  organization_id uuid not null references organizations (id),
  opened_at timestamptz not null,
  opened_by uuid not null,
  primary key (notification_id, organization_id)
);
comment on table upgrade_notification_readers is 'Organizations that proved to hold a notification: by its ID, or by an order number of the customer.';
create index upgrade_notification_readers_organization on upgrade_notification_readers (organization_id);

-- The upgrade wizard is a registration of licenses that do not exist yet.
alter table registration_drafts add column purpose text not null default 'purchase'
  check (purpose in ('purchase', 'upgrade'));

create table upgrade_drafts (
  draft_id uuid primary key references registration_drafts (id) on delete cascade,
  notification_id uuid not null references upgrade_notifications (id),
  path_id uuid not null references campaign_paths (id)
);
comment on table upgrade_drafts is 'The upgrade that a registration draft is about.';
create index upgrade_drafts_path on upgrade_drafts (path_id);

create table upgrade_selections (
  draft_id uuid not null references upgrade_drafts (draft_id) on delete cascade,
  serial text collate "C" not null,
  license_id uuid not null references licenses (id),
  new_license_id uuid not null,
  quantity integer not null check (quantity > 0),
  primary key (draft_id, serial),
  unique (draft_id, license_id),
  foreign key (draft_id, serial) references registration_draft_serials (draft_id, serial) on delete cascade
);
comment on table upgrade_selections is 'Which licenses a draft upgrades, how much of each, and the serial number that the new license will have.';

create table upgrades (
  id uuid primary key,
  path_id uuid not null references campaign_paths (id),
  notification_id uuid not null references upgrade_notifications (id),
  old_license_id uuid not null references licenses (id),
  new_license_id uuid not null unique references licenses (id),
  organization_id uuid not null references organizations (id),
  registration_id uuid not null references registrations (id),
  quantity integer not null check (quantity > 0),
  upgraded_at timestamptz not null,
  upgraded_by uuid not null,
  overlap_ends_on date not null,
  settled_at timestamptz,
  settled_license_id uuid references licenses (id)
);
comment on table upgrades is 'A license, or part of it, became one of a new version.';
comment on column upgrades.overlap_ends_on is 'The last day on which the old keys work, in the vendor''s time zone.';
comment on column upgrades.settled_license_id is 'What was superseded when the overlap ended: the old license, or the part split off from it.';
create index upgrades_old on upgrades (old_license_id);
create index upgrades_overlap on upgrades (overlap_ends_on, id) where settled_at is null;
create index upgrades_path on upgrades (path_id, upgraded_at desc, id desc);
create index upgrades_settled on upgrades (settled_license_id) where settled_license_id is not null;

-- The one place that knows which licenses a campaign upgrades (domain.md §7); null: this one. Today is the reader's day.
create function upgrade_refusal(
  l licenses, order_cancelled_at timestamptz, country text, c campaigns, released_on date, today date
) returns text language sql immutable parallel safe as $$
  select case
    when l.revoked_at is not null then 'revoked'
    when l.superseded_at is not null then 'superseded'
    when order_cancelled_at is not null then 'order_cancelled'
    when l.upgraded_quantity = l.quantity then 'upgraded'
    when not l.kind = any(c.kinds) then 'kind'
    when cardinality(c.countries) > 0 and not country = any(c.countries) then 'country'
    when l.ends_on + l.grace_days < today then 'ended'
    when l.starts_on > today then 'planned'
    when not c.needs_maintenance or l.kind <> 'product' then null
    when l.maintenance_until is null then 'no_maintenance'
    when l.maintenance_until < released_on then 'maintenance_lapsed'
  end
$$;
