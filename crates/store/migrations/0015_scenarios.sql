-- What surrounds a plan as a scenario: which plan it was copied from and what did not come along, the assumption about pay
-- in hundredths of a per cent, and the state in which it was archived.
create table scenario (
  plan_id bigint primary key references plan (id),
  source_plan bigint references plan (id),
  -- JSON, as app::planning::scenarios writes it.
  copied text,
  pay_rate bigint,
  pay_beyond bigint,
  archived_from text,
  version bigint not null,
  changed_at bigint not null,
  actor text not null
);
