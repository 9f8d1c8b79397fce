-- Who stands in for whom, from a day until the day after the last. Which posts that lends is no matter of this table: those
-- the giver holds on the day.

create table delegation (
  id bigint primary key,
  giver_id bigint not null references account (id),
  taker_id bigint not null references account (id),
  starts text not null,
  ends text not null,
  created_at bigint not null
);
create index delegation_by_taker on delegation (taker_id, ends);
create index delegation_by_giver on delegation (giver_id, ends);
