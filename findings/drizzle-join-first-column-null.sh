#!/usr/bin/env bash
# drizzle-orm 0.45.4: a joined table whose first chosen column is null is taken for one that was not joined.
# Input: a left join that chooses two columns of the other table as one object, of which the first may be null. Its row is
# there, with a null in the first column and a text in the second.
# Seen: the object is null, and the text is lost. With the columns in the other order both are there.
# Expected: null only where no row was joined; the order of columns does not matter.
# What follows: a column that is never null (the key) is chosen first in every joined object.
# Source: https://orm.drizzle.team/docs/joins (partial select with nested objects)
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund drizzle-orm@0.45.4 >/dev/null
cat > run.mjs <<'JS'
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
const a = sqliteTable('a', { id: integer().primaryKey() });
const b = sqliteTable('b', { of: integer(), note: text(), title: text() });
const asked = async (rows, chosen) => {
  const db = drizzle(async () => ({ rows }));
  const [row] = await db.select({ id: a.id, b: chosen }).from(a).leftJoin(b, eq(b.of, a.id));
  return JSON.stringify(row.b);
};
console.log(await asked([[1, null, 'Rapat']], { note: b.note, title: b.title }), await asked([[1, 'Rapat', null]], { title: b.title, note: b.note }));
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = 'null {"title":"Rapat","note":null}' ] || { echo 'changed: the finding no longer holds'; exit 1; }
