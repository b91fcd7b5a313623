-- A license that another organization gave is registered without a registration of its owner's.
alter table licenses drop constraint licenses_check1;
alter table licenses add constraint licenses_registration check (registration_id is null or registered_at is not null);
