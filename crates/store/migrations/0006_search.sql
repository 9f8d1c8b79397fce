-- Search: the terms by which things are found, and the alerts of an owner. A term that no longer holds does no harm:
-- whoever reads compares with what the thing is called now.

create table search_term (
  kind smallint not null,
  way smallint not null,
  term text not null,
  key text not null,
  primary key (kind, way, term, key)
) /* without rowid */;

create index alert_by_owner on alert (owner_kind, owner, month);
