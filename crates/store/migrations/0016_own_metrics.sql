-- Values of metrics that somebody enters by hand, by owner and month, every version kept with who and when.
create table metric_value (
  metric text not null,
  -- 1 unit, 2 member, as targets have it.
  owner_kind bigint not null,
  owner text not null,
  -- year * 100 + month
  month bigint not null,
  version bigint not null,
  -- In the metric's smallest unit; null where the value was taken back.
  amount bigint,
  note text not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (metric, owner_kind, owner, month, version)
);
create index metric_value_by_month on metric_value (metric, month);

-- How much each metric of a plan counts in the composite attainment, every version kept. A metric without a row counts 1.
create table plan_weight (
  plan_id bigint not null references plan (id),
  metric text not null,
  version bigint not null,
  weight bigint not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (plan_id, metric, version)
);

-- Targets that were set as a monthly average: the months it was set for, and the average.
create table target_form (
  plan_id bigint not null references plan (id),
  metric text not null,
  owner_kind bigint not null,
  owner text not null,
  first_month bigint not null,
  last_month bigint not null,
  -- In the metric's smallest unit.
  amount bigint not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (plan_id, metric, owner_kind, owner, first_month, last_month)
);
