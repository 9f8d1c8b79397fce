-- Files that hang on documents (evidence, letters): each content once, by its SHA-256, in pieces. `kept_at` is when
-- somebody last attached or withdrew it: only what nobody has held for a while is let go of. Instants are UTC milliseconds.

create table file (
  sha256 text primary key,
  bytes bigint not null,
  kept_at bigint not null
);
create index file_by_time on file (kept_at, sha256);

create table file_chunk (
  sha256 text not null references file (sha256) on delete cascade,
  number bigint not null,
  content bytea not null,
  primary key (sha256, number)
);

-- `held` is the content while it hangs there; what was withdrawn keeps its name and hash only.
create table attachment (
  id bigint primary key,
  subject text not null,
  subject_id bigint not null,
  sha256 text not null,
  held text,
  name text not null,
  media text not null,
  bytes bigint not null,
  actor text not null,
  attached_at bigint not null,
  withdrawn_at bigint,
  withdrawn_by text,
  foreign key (held) references file (sha256)
);
create unique index attachment_once on attachment (subject, subject_id, held);
create index attachment_by_file on attachment (held);

create unique index improvement_progress_by_number on improvement_progress (number);

-- Which attempt of a request holds its name, and the audit entry of its effect, written in the transaction of that effect.
alter table idempotency add column attempt bigint;
alter table idempotency add column effect bigint;
