-- What people say a running month and quarter will come to, week by week, and what leaders say beside it. Every
-- version stays. An opportunity may carry its own chance of being won.
create table statement (
  metric text not null,
  week bigint not null,
  member text not null,
  version bigint not null,
  month bigint not null,
  quarter bigint not null,
  month_commit bigint not null,
  month_best bigint not null,
  quarter_commit bigint not null,
  quarter_best bigint not null,
  note text not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (metric, week, member, version)
) /* without rowid */;
create index statement_by_month on statement (metric, month);
create index statement_by_quarter on statement (metric, quarter);

create table judgement (
  metric text not null,
  week bigint not null,
  member text not null,
  span text not null,
  version bigint not null,
  first_month bigint not null,
  amount bigint,
  reason text not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (metric, week, member, span, version)
) /* without rowid */;
create index judgement_by_period on judgement (metric, span, first_month);

alter table fact_opportunity add column probability bigint;
