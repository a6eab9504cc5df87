#!/usr/bin/env bash
# drizzle-orm 0.45.4: an insert refuses a JSON value that has no prototype.
# Input: a table with a JSON column, and what Node's own `querystring.parse` returns: an object without a prototype, which
# `JSON.stringify` writes as any other.
# Seen: building the statement throws "Cannot read properties of null (reading 'constructor')". A copy made by spreading is taken.
# Expected: both are written alike.
# What follows: parsed queries, groups of regular expressions and generated objects cannot be stored as they come; the
# error names neither table nor column.
# Source: https://orm.drizzle.team/docs/column-types/sqlite (text with mode json) and https://nodejs.org/api/querystring.html
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund drizzle-orm@0.45.4 >/dev/null
cat > run.mjs <<'JS'
import { parse } from 'node:querystring';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
const t = sqliteTable('t', { a: text({ mode: 'json' }) });
const db = drizzle(async () => ({ rows: [] }));
const a = parse('x=1');
const attempt = value => {
  try {
    return JSON.stringify(db.insert(t).values({ a: value }).toSQL().params);
  } catch (error) {
    return error.message;
  }
};
console.log(`${attempt(a)} | ${attempt({ ...a })}`);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "Cannot read properties of null (reading 'constructor') | [\"{\\\"x\\\":\\\"1\\\"}\"]" ] || { echo 'changed: the finding no longer holds'; exit 1; }
