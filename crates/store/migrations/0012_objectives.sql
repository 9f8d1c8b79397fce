-- What targets are for: strategic objectives and the targets that serve them. And targets that a person scores.

create table objective (
  id bigint primary key,
  code text not null unique,
  name text not null,
  description text not null,
  year bigint not null,
  owner text not null,
  created_at bigint not null,
  actor text not null,
  version bigint not null
);

create table objective_target (
  objective_id bigint not null references objective (id),
  plan_id bigint not null references plan (id),
  metric text not null,
  unit text not null,
  created_at bigint not null,
  actor text not null,
  primary key (objective_id, plan_id, metric, unit)
);
create index objective_target_by_plan on objective_target (plan_id, metric);

create table rubric (
  id bigint primary key,
  name text not null,
  owner_kind bigint not null,
  owner text not null,
  rater text not null,
  first_month bigint not null,
  last_month bigint not null,
  target bigint not null,
  levels text not null,
  state text not null,
  score bigint,
  note text,
  rated_at bigint,
  created_at bigint not null,
  actor text not null,
  version bigint not null
);
create index rubric_by_rater on rubric (rater, state);
