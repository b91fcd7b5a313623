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
  body text not null check (length(body) between 1 and 20000),
  created_at timestamptz not null,
  removed_at timestamptz
);
comment on table license_comments is 'Notes of an organization about a license; other organizations never see them.';
comment on column license_comments.body is 'At most 5,000 characters as a reader counts them; an emoji may be a dozen code points.';
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

-- Further orders and filters of the License Catalog, each read from an index that begins with the owner.
create index licenses_owner_quantity on licenses (owner_id, quantity, id) where owner_id is not null;
create index licenses_owner_kind_id on licenses (owner_id, kind, id) where owner_id is not null;
create index licenses_owner_address on licenses (owner_id, address_id, id) where owner_id is not null;
create index licenses_owner_contacts on licenses (owner_id, (md5(contacts::text)::uuid), id) where owner_id is not null;
create index licenses_owner_unregistered on licenses (owner_id, id) where owner_id is not null and registered_at is null;
create statistics licenses_contacts on (md5(contacts::text)::uuid) from licenses;

-- A million licenses share a few thousand addresses and contacts: the search box looks through those.
create table license_texts (
  organization_id uuid not null references organizations (id),
  kind text not null check (kind in ('address', 'contacts')),
  ref uuid not null,
  text text not null,
  primary key (organization_id, kind, ref)
);
comment on table license_texts is 'Addresses and contacts that licenses of an organization have or had, once each, for the search box; kept by triggers.';
comment on column license_texts.ref is 'The address, or the MD5 of the contacts, that licenses with this text have.';
create index license_texts_search on license_texts using gin (organization_id, text gin_trgm_ops);

create function contacts_text(contacts jsonb) returns text language sql immutable parallel safe as $$
  select coalesce(string_agg(concat_ws(' ', c ->> 'name', c ->> 'email', c ->> 'phone'), ' '), '')
  from jsonb_array_elements(contacts) c
$$;

create function address_text(a addresses) returns text language sql stable parallel safe as $$
  select concat_ws(' ', a.company, a.street, a.street2, a.postal_code, a.city, a.region, a.country)
$$;

insert into license_texts
  select owner_id, 'address', a.id, address_text(a)
  from (select distinct owner_id, address_id from licenses where owner_id is not null) l
  join addresses a on a.id = l.address_id
  union all
  select owner_id, 'contacts', md5(contacts::text)::uuid, contacts_text(contacts)
  from (select distinct owner_id, contacts from licenses where owner_id is not null and contacts <> '[]') l;

-- One order for all writers, so that no two of them wait for each other.
create function note_license_texts() returns trigger language plpgsql as $$
begin
  insert into license_texts
    select owner_id, 'address', a.id, address_text(a)
    from (select distinct owner_id, address_id from changed where owner_id is not null) c
    join addresses a on a.id = c.address_id
    union all
    select owner_id, 'contacts', md5(contacts::text)::uuid, contacts_text(contacts)
    from (select distinct owner_id, contacts from changed where owner_id is not null and contacts <> '[]') c
    order by 1, 2, 3
    on conflict do nothing;
  return null;
end $$;
create trigger licenses_texts_insert after insert on licenses
  referencing new table as changed for each statement execute function note_license_texts();
create trigger licenses_texts_update after update on licenses
  referencing new table as changed for each statement execute function note_license_texts();
