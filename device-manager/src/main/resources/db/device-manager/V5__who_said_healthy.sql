-- Who said last that a machine which was failing is healthy again, and why; null where nobody had to, and while it is failing.
alter table machine_state
    add column healthy_since  timestamptz,
    add column healthy_by     text,
    add column healthy_reason text;
