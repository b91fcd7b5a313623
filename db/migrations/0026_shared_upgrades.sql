-- What a license that is granted by itself becomes by an upgrade is granted with it, as what is split off it.
create or replace function grant_split() returns trigger language plpgsql as $$
begin
  insert into license_grant_licenses (grant_id, license_id)
    select g.grant_id, new.id from license_grant_licenses g
    where g.license_id in (new.split_from_license_id, new.upgraded_from_license_id)
    on conflict do nothing;
  return null;
end $$;
create trigger licenses_upgraded_grants after insert on licenses
  for each row when (new.upgraded_from_license_id is not null) execute function grant_split();
