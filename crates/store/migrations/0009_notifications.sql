-- A mail address gets mail once its owner has confirmed it by a one-time link; old messages are found to be forgotten.
alter table notification_preference add column confirmed_at bigint;

create table mail_confirmation (
  hash text primary key,
  account_id bigint not null references account (id),
  address text not null,
  expires_at bigint not null
);
create index mail_confirmation_of_account on mail_confirmation (account_id);
create index message_old on message (state, made_at);
