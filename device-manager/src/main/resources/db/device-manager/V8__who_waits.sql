-- Who asked, as it stands in the history of repairs: nobody else takes him out of the waiting. Null for what was asked before it was kept.
alter table claim_ticket add column asked_by text;
