-- Proposals of a plan's total: the factors as they were typed, every version kept with who and when.
create table proposal (
  plan_id bigint not null references plan (id),
  metric text not null,
  version bigint not null,
  -- JSON, as app::planning::proposal writes it.
  factors text not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (plan_id, metric, version)
);
