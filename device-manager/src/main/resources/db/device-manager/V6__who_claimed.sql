-- Who began a repair, as its history says it: only that one renews and closes it. Null for repairs of before, which any service may.
alter table repair add column claimed_by text;
