-- The ground: counters, settings, imports and facts, roll-up blocks, people who sign in, audit,
-- plans and targets, closes and alerts. Dates are days since 1970-01-01 in facts and ISO text elsewhere;
-- instants are UTC milliseconds; money is fen; months are year * 100 + month.

create table counter (
  name text primary key,
  value bigint not null
);

create table setting (
  name text not null,
  version bigint not null,
  value text not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (name, version)
);

create table import (
  id bigint primary key,
  kind text not null,
  state text not null,
  source text not null,
  sha256 text,
  mapping text,
  actor text not null,
  started_at bigint not null,
  ended_at bigint,
  bytes_done bigint not null,
  bytes_total bigint not null,
  file_bytes bigint not null,
  rows_read bigint not null,
  rows_added bigint not null,
  rows_changed bigint not null,
  rows_unchanged bigint not null,
  rows_skipped bigint not null,
  rows_bad bigint not null,
  sequence bigint,
  withdrawn bigint,
  withdrawn_at bigint,
  withdrawn_by text,
  digest text,
  problems text,
  sums text,
  upload text,
  request text unique
);
create index import_by_state on import (state, id);

create table fact_unit (
  code text not null,
  import_id bigint not null,
  name text not null,
  parent text,
  leader text,
  valid_from integer not null,
  primary key (code, valid_from, import_id)
) /* without rowid */;

create table fact_member (
  code text not null,
  import_id bigint not null,
  name text not null,
  unit text,
  position text,
  hired integer,
  left_on integer,
  valid_from integer not null,
  primary key (code, valid_from, import_id)
) /* without rowid */;

create table fact_employment (
  member text not null,
  unit text not null,
  starts integer not null,
  import_id bigint not null,
  ends integer,
  position text,
  parts bigint not null,
  primary key (member, unit, starts, import_id)
) /* without rowid */;

create table fact_product (
  code text not null,
  import_id bigint not null,
  name text not null,
  line text,
  new_since integer,
  valid_from integer not null,
  primary key (code, valid_from, import_id)
) /* without rowid */;

create table fact_customer (
  code text not null,
  import_id bigint not null,
  name text not null,
  region text,
  type text,
  owner text,
  first_order integer,
  valid_from integer not null,
  primary key (code, valid_from, import_id)
) /* without rowid */;

create table fact_order (
  code text not null,
  import_id bigint not null,
  customer text not null,
  member text not null,
  day integer not null,
  amount bigint,
  status smallint not null,
  primary key (code, import_id)
) /* without rowid */;
create index fact_order_by_day on fact_order (day);

create table fact_order_line (
  order_code text not null,
  line text not null,
  import_id bigint not null,
  product text not null,
  quantity text,
  amount bigint not null,
  primary key (order_code, line, import_id)
) /* without rowid */;

create table fact_order_share (
  order_code text not null,
  member text not null,
  kind smallint not null,
  import_id bigint not null,
  parts bigint not null,
  primary key (order_code, member, kind, import_id)
) /* without rowid */;

create table fact_return (
  code text not null,
  import_id bigint not null,
  order_code text not null,
  day integer not null,
  amount bigint not null,
  primary key (code, import_id)
) /* without rowid */;
create index fact_return_by_order on fact_return (order_code);
create index fact_return_by_day on fact_return (day);

create table fact_payment (
  code text not null,
  import_id bigint not null,
  order_code text,
  customer text,
  member text,
  day integer not null,
  amount bigint not null,
  primary key (code, import_id)
) /* without rowid */;
create index fact_payment_by_order on fact_payment (order_code);
create index fact_payment_by_day on fact_payment (day);

create table rollup_block (
  measure smallint not null,
  month integer not null,
  grain smallint not null,
  sequence bigint not null,
  bytes bytea not null,
  primary key (measure, month, grain)
);

create table account (
  id bigint primary key,
  login text not null unique,
  name text not null,
  password text,
  member text,
  state text not null,
  language text not null,
  theme text not null,
  created_at bigint not null,
  version bigint not null
);
create index account_by_member on account (member);

create table post (
  id bigint primary key,
  account_id bigint not null references account (id),
  role text not null,
  unit text,
  starts text not null,
  ends text
);
create index post_by_account on post (account_id);

create table session (
  hash text primary key,
  account_id bigint not null references account (id),
  address text not null,
  device text not null,
  started_at bigint not null,
  seen_at bigint not null,
  idle_for bigint not null,
  expires_at bigint not null
);
create index session_by_account on session (account_id);
create index session_by_expiry on session (expires_at);

create table known_device (
  hash text not null,
  account_id bigint not null references account (id),
  seen_at bigint not null,
  primary key (hash, account_id)
);
create index known_device_by_account on known_device (account_id);

create table invitation (
  hash text primary key,
  account_id bigint references account (id),
  created_at bigint not null,
  expires_at bigint not null
);

create table sign_in_failure (
  subject text primary key,
  failures bigint not null,
  last_at bigint not null
);
create index sign_in_failure_by_time on sign_in_failure (last_at);

create table token (
  id bigint primary key,
  hash text not null unique,
  account_id bigint not null references account (id),
  name text not null,
  scopes text not null,
  created_at bigint not null,
  expires_at bigint not null
);
create index token_by_account on token (account_id);

create table audit (
  leaf bigint primary key,
  at bigint not null,
  actor text not null,
  act text not null,
  object text not null,
  detail text,
  salt text not null,
  commitment text not null,
  leaf_hash text not null
);
create index audit_by_object on audit (object, leaf);

create table plan (
  id bigint primary key,
  code text not null unique,
  name text not null,
  year bigint not null,
  state text not null,
  basis text not null,
  reason text,
  created_at bigint not null,
  actor text not null,
  version bigint not null
);
create index plan_by_year on plan (year, state);

create table target_cell (
  plan_id bigint not null references plan (id),
  metric text not null,
  owner_kind smallint not null,
  owner text not null,
  product_line text not null,
  customer_type text not null,
  month integer not null,
  sequence bigint not null,
  until bigint,
  low bigint,
  amount bigint not null,
  stretch bigint,
  primary key (plan_id, metric, owner_kind, owner, product_line, customer_type, month, sequence)
);
create index target_cell_current on target_cell (plan_id, metric, until, month);

create table breakdown (
  plan_id bigint not null references plan (id),
  metric text not null,
  unit text not null,
  method text not null,
  version bigint not null,
  changed_at bigint not null,
  actor text not null,
  primary key (plan_id, metric, unit)
);

create table breakdown_child (
  plan_id bigint not null references plan (id),
  metric text not null,
  unit text not null,
  owner_kind smallint not null,
  owner text not null,
  place integer not null,
  months integer not null,
  primary key (plan_id, metric, unit, owner_kind, owner)
);
create index breakdown_child_by_owner on breakdown_child (plan_id, metric, owner_kind, owner);

create table breakdown_difference (
  plan_id bigint not null references plan (id),
  metric text not null,
  unit text not null,
  month integer not null,
  reserve bigint not null,
  buffer bigint not null,
  primary key (plan_id, metric, unit, month)
);

create table target_lock (
  plan_id bigint not null references plan (id),
  metric text not null,
  owner_kind smallint not null,
  owner text not null,
  month integer not null,
  actor text not null,
  reason text not null,
  at bigint not null,
  primary key (plan_id, metric, owner_kind, owner, month)
);

create table month_close (
  month integer primary key,
  state text not null,
  standing text not null,
  proposed_by text,
  closed_by text,
  recorded_on text,
  sequence bigint,
  reopening_by text,
  reopening_role text,
  controls text,
  version bigint not null
);

create table closed_figure (
  month integer not null,
  metric text not null,
  owner_kind smallint not null,
  owner text not null,
  actual bigint not null,
  target bigint,
  primary key (month, metric, owner_kind, owner)
);

create table improvement_plan (
  id bigint primary key,
  owner_kind smallint not null,
  owner text not null,
  metric text not null,
  remedy text not null,
  level text not null,
  state text not null,
  open_key text unique,
  due text,
  due_year bigint,
  course text not null,
  written text,
  note text,
  submitted_by text,
  checked_by text,
  version bigint not null
);
create index improvement_plan_by_state on improvement_plan (state, due);

create table improvement_progress (
  plan_id bigint not null references improvement_plan (id),
  number bigint not null,
  at bigint not null,
  actor text not null,
  note text not null,
  primary key (plan_id, number)
);

create table alert (
  id bigint primary key,
  owner_kind smallint not null,
  owner text not null,
  metric text not null,
  month integer not null,
  level text not null,
  remedy text not null,
  state text not null,
  open_key text unique,
  judged text not null,
  rule_version bigint not null,
  actual bigint not null,
  target bigint not null,
  previous_actual bigint,
  previous_target bigint,
  raised_on text not null,
  ended_on text,
  plan_id bigint references improvement_plan (id)
);
create index alert_by_state on alert (state, month);
create index alert_by_month on alert (metric, month);
create index alert_by_plan on alert (plan_id);
