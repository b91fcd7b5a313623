-- History cannot be changed unnoticed: within a license each line carries the hash of the line before it, and
-- checkpoints keep, under a key that is not in the database, how far each history had come.

alter table events add column chain_number integer;
alter table events add column chain_hash bytea;
comment on column events.chain_number is 'Place of the line in the history of its license: 1, 2, 3 …';
comment on column events.chain_hash is 'SHA-256 of the hash before it and of what this line says; see event_hash.';

-- Closing an account replaces the user's name and network addresses, which are therefore left out: who it was is the
-- user's id. Names of lines without a user (the vendor's systems) never change and are part of the hash.
create function event_hash(previous bytea, e events) returns bytea language sql stable parallel safe as $$
  select sha256(coalesce(previous, ''::bytea) || convert_to(jsonb_build_object(
    'id', e.id, 'at', (extract(epoch from e.at) * 1000000)::bigint, 'action', e.action,
    'actor_kind', e.actor_kind, 'actor_user_id', e.actor_user_id,
    'actor_name', case when e.actor_user_id is null then e.actor_name end, 'on_behalf_of', e.on_behalf_of,
    'organization_id', e.organization_id, 'customer_id', e.customer_id, 'license_id', e.license_id,
    'subject_id', e.subject_id, 'details', e.details, 'request_id', e.request_id,
    'chain_number', e.chain_number)::text, 'UTF8'))
$$;

drop trigger events_append_only on events;
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

alter table events add check ((license_id is null) = (chain_number is null) and (chain_number is null) = (chain_hash is null));
-- In the order of the chain, which is that of writing, whatever the clocks of several nodes say.
create unique index events_chain on events (license_id, chain_number) where license_id is not null;
drop index events_license;

create trigger events_append_only before delete or truncate on events
  for each statement execute function refuse_change();

create function refuse_event_change() returns trigger language plpgsql as $$
declare kept events := new;
begin
  if old.actor_user_id is not null then
    kept.actor_name := old.actor_name;
    kept.address := old.address;
  end if;
  if kept is distinct from old then
    raise exception 'events is append-only' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger events_pseudonyms_only before update on events
  for each row execute function refuse_event_change();

-- The row lock lets the second of two writers wait and continue from the line of the first. Plans are kept by the
-- connection: one made while the tables were empty must not read all of them for each of ten thousand lines.
create function chain_event() returns trigger language plpgsql set enable_seqscan = off as $$
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

create table history_checkpoints (
  number integer primary key check (number > 0),
  at timestamptz not null,
  mac bytea not null check (length(mac) = 32)
);
comment on table history_checkpoints is 'Moments at which the end of each license''s history was noted, so that lines removed from the end are missed.';
comment on column history_checkpoints.mac is 'HMAC-SHA-256 over the checkpoint before, this one and its ends, with a key derived from SECRET.';

create table history_heads (
  checkpoint integer not null references history_checkpoints (number) deferrable initially deferred,
  license_id uuid not null,
  chain_number integer not null,
  chain_hash bytea not null,
  primary key (checkpoint, license_id)
);
comment on table history_heads is 'Where the history of a license ended at a checkpoint, if it grew since the one before.';
create index history_heads_license on history_heads (license_id, chain_number);

create trigger history_checkpoints_append_only before update or delete or truncate on history_checkpoints
  for each statement execute function refuse_change();
create trigger history_heads_append_only before update or delete or truncate on history_heads
  for each statement execute function refuse_change();
