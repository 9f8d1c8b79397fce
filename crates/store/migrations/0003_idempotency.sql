-- Requests that name themselves by an Idempotency-Key, and what each answered; kept for a day.

create table idempotency (
  account_id bigint not null references account (id),
  request text not null,
  fingerprint text not null,
  begun_at bigint not null,
  status integer,
  headers text,
  body bytea,
  primary key (account_id, request)
);
create index idempotency_by_time on idempotency (begun_at);
