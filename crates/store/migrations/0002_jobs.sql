-- Work beside the requests. A job is one row by (kind, key), so that the same occasion is worked on once. Instants are
-- UTC milliseconds. `holder` and `lease_until` are set while somebody runs it.

create table job (
  id bigint primary key,
  kind text not null,
  key text not null,
  state text not null,
  run_at bigint not null,
  attempts bigint not null,
  holder text,
  lease_until bigint,
  progress_done bigint not null,
  progress_total bigint not null,
  detail text not null,
  outcome text,
  error text,
  actor text not null,
  account_id bigint,
  created_at bigint not null,
  started_at bigint,
  ended_at bigint
);
create unique index job_by_key on job (kind, key);
create index job_by_state on job (state, run_at);
create index job_by_creation on job (created_at, id);
create index job_by_account on job (account_id, kind, id);
create index import_by_start on import (started_at, id);
