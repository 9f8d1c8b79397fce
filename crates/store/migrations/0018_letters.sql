-- Responsibility letters: one a plan and member, every version with the exact text that is signed, its signatures, and what
-- was promised in the one in force.

create table letter (
  id bigint primary key,
  number text not null unique,
  plan_id bigint not null references plan (id),
  member text not null,
  newest bigint not null,
  in_force bigint
);
create unique index letter_by_member on letter (plan_id, member);
create index letter_of_member on letter (member);

create table letter_version (
  letter_id bigint not null references letter (id),
  version bigint not null,
  state text not null,
  content text not null,
  digest text not null,
  superior text,
  deadline text,
  due text,
  due_year bigint,
  reason text,
  created_at bigint not null,
  created_by text not null,
  issued_at bigint,
  revision bigint not null,
  primary key (letter_id, version)
);
create index letter_version_waiting on letter_version (state, superior, due);

create table letter_signature (
  letter_id bigint not null,
  version bigint not null,
  party text not null,
  account text not null,
  name text not null,
  signed_at bigint not null,
  method text not null,
  address text not null,
  digest text not null,
  primary key (letter_id, version, party),
  foreign key (letter_id, version) references letter_version (letter_id, version)
);

create table letter_promise (
  letter_id bigint not null references letter (id),
  number bigint not null,
  what text not null,
  times bigint not null,
  unit text not null,
  promised_by text not null,
  due text not null,
  delivered bigint not null,
  revision bigint not null,
  primary key (letter_id, number)
);
create index letter_promise_by on letter_promise (promised_by, due);

create table letter_delivery (
  letter_id bigint not null,
  promise bigint not null,
  number bigint not null,
  times bigint not null,
  day text not null,
  note text not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (letter_id, promise, number),
  foreign key (letter_id, promise) references letter_promise (letter_id, number)
);
