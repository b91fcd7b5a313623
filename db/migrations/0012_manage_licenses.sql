-- What people keep about licenses besides the licenses: bookmarks, tags, comments, saved searches, chosen columns.

create table license_bookmarks (
  organization_id uuid not null references organizations (id),
  license_id uuid not null references licenses (id),
  created_by uuid not null,
  created_at timestamptz not null,
  primary key (organization_id, license_id)
);
comment on table license_bookmarks is 'License information added to a catalog by serial number, without owning the license.';
create index license_bookmarks_license on license_bookmarks (license_id);

create table license_tags (
  organization_id uuid not null references organizations (id),
  license_id uuid not null references licenses (id),
  tag text collate "C" not null check (length(tag) between 1 and 40),
  created_at timestamptz not null,
  primary key (organization_id, tag, license_id)
);
comment on table license_tags is 'Words by which an organization groups its licenses.';
create index license_tags_license on license_tags (license_id, organization_id);

create table license_comments (
  id uuid primary key,
  license_id uuid not null references licenses (id),
  organization_id uuid not null references organizations (id),
  user_id uuid not null,
  author_name text not null,
  body text not null check (length(body) between 1 and 5000),
  created_at timestamptz not null,
  removed_at timestamptz
);
comment on table license_comments is 'Notes of an organization about a license; other organizations never see them.';
create index license_comments_license on license_comments (license_id, organization_id, created_at desc, id desc);

create table saved_searches (
  id uuid primary key,
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  name text not null check (length(name) between 1 and 80),
  query text not null check (length(query) <= 4000),
  for_all boolean not null default false,
  created_at timestamptz not null
);
comment on table saved_searches is 'A catalog address to come back to: of one user, or of all colleagues.';
create unique index saved_searches_name on saved_searches (organization_id, user_id, lower(name));

create table catalog_columns (
  organization_id uuid not null references organizations (id),
  user_id uuid not null references auth."user" ("id") on delete cascade,
  columns text[] not null,
  primary key (organization_id, user_id)
);
comment on table catalog_columns is 'Which columns a user chose for the License Catalog, in order.';

alter table licenses add column split_from_license_id uuid references licenses (id);
comment on column licenses.split_from_license_id is 'The license that this one was split off from.';
create index licenses_split_from on licenses (split_from_license_id) where split_from_license_id is not null;
