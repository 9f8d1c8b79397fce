-- What people are told: their wishes, the channels that lead outside, and one message a recipient and event.
create table notification_preference (
  account_id bigint primary key references account (id),
  mode text not null,
  address text,
  quiet text not null,
  digested_on text,
  version bigint not null
);

create table channel (
  id bigint primary key,
  kind text not null,
  name text not null,
  state text not null,
  effective text,
  effective_secret text,
  proposed text,
  proposed_secret text,
  proposed_by text,
  approved_by text,
  version bigint not null
);

create table message (
  id bigint primary key,
  event_key text not null,
  recipient text not null,
  account_id bigint references account (id),
  channel_id bigint references channel (id),
  event text not null,
  state text not null,
  made_at bigint not null,
  due_at bigint not null,
  attempts bigint not null,
  attempted_at bigint,
  leased_until bigint,
  reason text
);
create unique index message_once on message (event_key, recipient);
create index message_of_account on message (account_id, channel_id, id);
create index message_unread on message (account_id, state, channel_id);
create index message_due on message (channel_id, state, due_at);
create index message_attempted on message (channel_id, attempted_at);
create index message_dead on message (state, id);
