-- What people do beside sales: chances to sell, visits, surveys, complaints, leaves, trainings, scores; and what months came to
-- before facts were kept. A point is held in hundredths.
create table fact_opportunity (
  code text not null,
  import_id bigint not null,
  customer text,
  member text not null,
  opened integer not null,
  stage text,
  amount bigint,
  expected integer,
  closed integer,
  outcome smallint not null,
  active integer,
  primary key (code, import_id)
) /* without rowid */;
create index fact_opportunity_by_opened on fact_opportunity (opened);
create index fact_opportunity_by_closed on fact_opportunity (closed);
create index fact_opportunity_by_active on fact_opportunity (active);

create table fact_visit (
  code text not null,
  import_id bigint not null,
  customer text,
  member text not null,
  day integer not null,
  kind text,
  outcome text,
  primary key (code, import_id)
) /* without rowid */;
create index fact_visit_by_day on fact_visit (day);

create table fact_survey (
  code text not null,
  import_id bigint not null,
  customer text,
  member text not null,
  day integer not null,
  satisfaction integer,
  recommend integer,
  primary key (code, import_id)
) /* without rowid */;
create index fact_survey_by_day on fact_survey (day);

create table fact_complaint (
  code text not null,
  import_id bigint not null,
  order_code text,
  customer text,
  member text,
  day integer not null,
  primary key (code, import_id)
) /* without rowid */;
create index fact_complaint_by_order on fact_complaint (order_code);
create index fact_complaint_by_day on fact_complaint (day);

create table fact_leave (
  member text not null,
  starts integer not null,
  import_id bigint not null,
  ends integer,
  kind text not null,
  primary key (member, starts, import_id)
) /* without rowid */;
create index fact_leave_by_start on fact_leave (starts);

create table fact_training (
  course text not null,
  member text not null,
  import_id bigint not null,
  assigned integer,
  due integer not null,
  completed integer,
  score integer,
  primary key (course, member, import_id)
) /* without rowid */;
create index fact_training_by_due on fact_training (due);
create index fact_training_by_completed on fact_training (completed);

create table fact_score (
  member text not null,
  rater text not null,
  day integer not null,
  kind text not null,
  import_id bigint not null,
  score integer not null,
  primary key (member, rater, day, kind, import_id)
) /* without rowid */;
create index fact_score_by_day on fact_score (day);

create table fact_summary (
  member text not null,
  day integer not null,
  metric text not null,
  import_id bigint not null,
  amount bigint not null,
  primary key (member, day, metric, import_id)
) /* without rowid */;
create index fact_summary_by_day on fact_summary (day);
