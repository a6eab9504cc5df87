#!/usr/bin/env bash
# drizzle-orm 0.45.4: null given for a placeholder goes through the column's encoder; null written as a value does not.
# Input: a nullable JSON column and a nullable timestamp column, each set to null both ways.
# Seen: as a value both are NULL; for a placeholder the JSON column holds the text 'null' (so `is null` finds nothing), and
# the timestamp throws a TypeError ("Cannot read properties of null").
# Expected: NULL both ways.
# What follows: a query that is prepared for speed stores other rows than the same query unprepared.
# Source: sql/sql.js of the package, fillPlaceholders; https://orm.drizzle.team/docs/perf-queries
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts drizzle-orm@0.45.4 sql.js@1.13.0 >/dev/null
cat > run.mjs <<'JS'
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/sql-js';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import initialize from 'sql.js';

const { Database } = await initialize();
const client = new Database();
client.run('create table t (id integer primary key, at integer, data text)');
const t = sqliteTable('t', {
  id: integer().primaryKey(),
  at: integer({ mode: 'timestamp_ms' }),
  data: text({ mode: 'json' }),
});
const db = drizzle(client);
db.insert(t).values({ id: 1, at: null, data: null }).run();
db.insert(t).values({ id: 2, data: sql.placeholder('data') }).prepare().run({ data: null });
let thrown = 'nothing';
try {
  db.insert(t).values({ id: 3, at: sql.placeholder('at') }).prepare().run({ at: null });
} catch (error) {
  thrown = error.name;
}
const [{ values }] = client.exec('select id, at, data, data is null from t order by id');
console.log(JSON.stringify([values, thrown]));
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '[[[1,null,null,1],[2,null,"null",0]],"TypeError"]' ] || { echo 'changed: the finding no longer holds'; exit 1; }
