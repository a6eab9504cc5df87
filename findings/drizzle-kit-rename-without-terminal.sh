#!/usr/bin/env bash
# drizzle-kit 0.31.11: `generate` that has to ask whether a column was renamed fails without a terminal, and exits with 0.
# Input: a table that had the column `a`; in the schema it has `b` instead. `drizzle-kit generate` with nothing on standard input.
# Seen: it prints "Error: Interactive prompts require a TTY terminal" with a stack, writes no migration, and its exit status is 0.
# Expected: a status other than 0, as for every failure, so that a script stops there.
# What follows: a pipeline goes on without the migration, and the column is missing where the program runs.
# Source: https://orm.drizzle.team/docs/drizzle-kit-generate
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund drizzle-kit@0.31.11 drizzle-orm@0.45.4 >/dev/null
write() { cat > schema.ts <<TS
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
export const t = sqliteTable('t', { id: integer().primaryKey(), $1: text() });
TS
}
generate() { node_modules/.bin/drizzle-kit generate --dialect sqlite --schema schema.ts --out out --name "$1" </dev/null >log 2>&1; }
write a; generate first
write b; status=0; generate second || status=$?
seen="$(ls out/*.sql | wc -l | tr -d ' ') migration, status $status, $(grep -c 'require a TTY terminal' log) refusal"
echo "$seen"
[ "$seen" = '1 migration, status 0, 1 refusal' ] || { echo 'changed: the finding no longer holds'; exit 1; }
