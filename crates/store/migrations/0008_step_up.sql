-- When the password of a session was last given, UTC milliseconds. A session that began before this is asked.
alter table session add column password_at bigint not null default 0;
