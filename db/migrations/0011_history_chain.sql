-- History cannot be changed unnoticed: within a license each line carries the hash of the line before it.

alter table events add column chain_number integer;
alter table events add column chain_hash bytea;
comment on column events.chain_number is 'Place of the line in the history of its license: 1, 2, 3 …';
comment on column events.chain_hash is 'SHA-256 of the hash before it and of what this line says; see event_hash.';

-- What is hashed leaves out the actor's name and network address: closing an account replaces them.
create function event_hash(previous bytea, e events) returns bytea language sql stable parallel safe as $$
  select sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_object(
    'id', e.id, 'at', (extract(epoch from e.at) * 1000000)::bigint, 'action', e.action,
    'actor_kind', e.actor_kind, 'actor_user_id', e.actor_user_id, 'on_behalf_of', e.on_behalf_of,
    'organization_id', e.organization_id, 'customer_id', e.customer_id, 'license_id', e.license_id,
    'subject_id', e.subject_id, 'details', e.details, 'request_id', e.request_id,
    'chain_number', e.chain_number)::text, 'UTF8'))
$$;

alter table events disable trigger events_append_only;
do $$
declare line events; previous events;
begin
  for line in select * from events where license_id is not null order by license_id, at, id loop
    line.chain_number := case when previous.license_id = line.license_id then previous.chain_number + 1 else 1 end;
    line.chain_hash := event_hash(case when line.chain_number > 1 then previous.chain_hash end, line);
    update events set chain_number = line.chain_number, chain_hash = line.chain_hash where id = line.id;
    previous := line;
  end loop;
end $$;
alter table events enable trigger events_append_only;

alter table events add check ((license_id is null) = (chain_number is null) and (chain_number is null) = (chain_hash is null));
create unique index events_chain on events (license_id, chain_number desc) where license_id is not null;

-- The row lock lets the second of two writers wait and continue from the line of the first.
create function chain_event() returns trigger language plpgsql as $$
declare number integer; hash bytea;
begin
  perform from licenses where id = new.license_id for no key update;
  select chain_number, chain_hash into number, hash from events
    where license_id = new.license_id order by chain_number desc limit 1;
  new.chain_number := coalesce(number, 0) + 1;
  new.chain_hash := event_hash(hash, new);
  return new;
end $$;
create trigger events_chained before insert on events
  for each row when (new.license_id is not null) execute function chain_event();
