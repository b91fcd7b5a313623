-- Tells how far back licenses in their grace period can have ended: the longest grace of an owner is its last entry.

create index licenses_owner_grace on licenses (owner_id, grace_days) where owner_id is not null and grace_days > 0;
