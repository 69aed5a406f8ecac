-- Which fault domain all others wait for, and since when: only read by whoever asks why.
alter table rollout add column open_domain text, add column open_since timestamptz;
