-- Home shows an account of many licenses numbers that were counted a while ago.

create table license_statistics (
  organization_id uuid primary key references organizations (id),
  computed_at timestamptz not null,
  statistics jsonb not null
);
comment on table license_statistics is 'What the charts of Home show for an organization with many licenses; counted again by a job when it is looked at.';
