#!/usr/bin/env bash
# drizzle-kit 0.31.11, dialect sqlite: a new nullable column with a foreign key of two columns makes it rebuild the table, and
# the generated copy reads the new column from the old table, which does not have it.
# Seen: `INSERT INTO __new_child(..., confirmed_by) SELECT ..., confirmed_by FROM child`, so that the migration fails with
# "no such column". Expected: NULL for a column that is new. A new column without the key is a plain ALTER TABLE.
# Source: output of `drizzle-kit generate`; https://orm.drizzle.team/docs/drizzle-kit-generate
# Date: 2026-11-29
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund drizzle-kit@0.31.11 drizzle-orm@0.45.4 >/dev/null 2>&1
schema() {
  cat > schema.ts <<TS
import { foreignKey, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
export const parent = sqliteTable('parent', { home: text().notNull(), number: integer().notNull() }, t => [
  primaryKey({ columns: [t.home, t.number] }),
]);
export const child = sqliteTable('child', { home: text().notNull(), name: text().notNull(), $1 }, t => [$2]);
TS
  npx drizzle-kit generate --dialect sqlite --schema schema.ts --out out --name "$3" >/dev/null
}
schema '' '' first
schema 'confirmedBy: integer("confirmed_by")' 'foreignKey({ columns: [t.home, t.confirmedBy], foreignColumns: [parent.home, parent.number] })' second
copy=$(grep -h 'INSERT INTO `__new_child`' out/0001_second.sql)
echo "$copy"
grep -q 'SELECT.*"confirmed_by".* FROM `child`' <<<"$copy" || { echo 'changed: the finding no longer holds'; exit 1; }
