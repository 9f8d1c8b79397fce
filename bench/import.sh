#!/usr/bin/env bash
# Times `dacheng import` of a million orders, with every check, against `sqlite3 .import` into a keyed table.
# bench/import.sh [DACHENG] [POSTGRES_URL]; ORDERS, RUNS and SHUFFLED=1 (lines in random order) from the environment.
set -euo pipefail
cd "$(dirname "$0")/.."
dacheng=${1:-${DACHENG:-target/release/dacheng}}
postgres=${2:-}
orders=${ORDERS:-1000000}
runs=${RUNS:-3}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$dacheng" generate --members 1000 --orders "$orders" --seed 1 --out "$work/in" >/dev/null
if [ -n "${SHUFFLED:-}" ]; then
  { head -1 "$work/in/orders.csv"; tail -n +2 "$work/in/orders.csv" | shuf --random-source=<(yes); } >"$work/shuffled"
  mv "$work/shuffled" "$work/in/orders.csv"
fi

TIMEFORMAT='%R %U %S'
timed() { # prints: seconds on the clock, in this program's CPU
  { time "$@" >/dev/null; } 2>&1 | tail -1 | awk '{ printf "%.2f %.2f\n", $1, $2 + $3 }'
}
best() { sort -n | head -1; }

load_ground() { # DATABASE_URL
  for kind in units members employments products customers; do
    "$dacheng" import "$kind" "$work/in/$kind.csv" --database "$1" >/dev/null
  done
}
keyed_table() {
  sqlite3 "$work/plain.db" <<SQL
pragma journal_mode = wal;
create table orders ("order" text primary key, customer text, member text, date text, amount text, status text) without rowid;
.import --csv --skip 1 $work/in/orders.csv orders
SQL
}
import_orders() { "$dacheng" import orders "$work/in/orders.csv" --database "$1"; }

for ((run = 0; run < runs; run++)); do
  rm -f "$work"/plain.db* "$work"/ours.db*
  timed keyed_table >>"$work/plain.times"
  load_ground "sqlite:$work/ours.db"
  timed import_orders "sqlite:$work/ours.db" >>"$work/first.times"
  timed import_orders "sqlite:$work/ours.db" >>"$work/again.times"
done
plain=$(best <"$work/plain.times")
first=$(best <"$work/first.times")
again=$(best <"$work/again.times")
printf '%s orders, best of %s (seconds on the clock, of CPU)\n' "$orders" "$runs"
printf '  sqlite3 .import, keyed table    %s\n' "$plain"
printf '  dacheng import, SQLite          %s\n' "$first"
printf '  the same file again             %s\n' "$again"
echo "$plain $first $again" | awk '{
  printf "  ratio to .import: %.2f on the clock, %.2f of CPU; again %.2f, %.2f\n", $3 / $1, $4 / $2, $5 / $1, $6 / $2 }'

if [ -n "$postgres" ]; then
  name="bench_import_$$"
  psql -qX "$postgres" -c "create database $name"
  url=$(sed -E "s#/[^/?]*(\?|\$)#/$name\1#" <<<"$postgres")
  trap 'psql -qX "$postgres" -c "drop database if exists $name with (force)"; rm -rf "$work"' EXIT
  load_ground "$url"
  printf '  dacheng import, PostgreSQL      %s\n' "$(timed import_orders "$url")"
  printf '  the same file again             %s\n' "$(timed import_orders "$url")"
fi
