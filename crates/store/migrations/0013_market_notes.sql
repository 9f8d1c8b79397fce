-- What is said of the market: growth rates, competitors, policy. A change is a further version; none is lost.
create table market_note (
  code text not null,
  version bigint not null,
  day text not null,
  kind text not null,
  subject text not null,
  year bigint,
  region text,
  product_line text,
  growth bigint,
  source text not null,
  body text not null,
  withdrawn bigint not null,
  recorded_at bigint not null,
  actor text not null,
  primary key (code, version)
) /* without rowid */;
