-- Money that is due for a sale.
create table fact_receivable (
  code text not null,
  import_id bigint not null,
  order_code text not null,
  day integer not null,
  amount bigint not null,
  primary key (code, import_id)
) /* without rowid */;
create index fact_receivable_by_order on fact_receivable (order_code);
create index fact_receivable_by_day on fact_receivable (day);
