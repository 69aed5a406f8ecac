-- Since when policies refuse machines, as groups of machines: only read by whoever asks why. What device-manager refuses says it by itself.
alter table rollout add column policy_refusals jsonb not null default '[]';
