-- The machines of what is taken back that it had brought to its version and that have nothing to go back to, in words; null where there are none.
alter table rollback add column left_behind text;
