#!/usr/bin/env bash
# PostgreSQL 18, text search: the default parser makes one token of two words joined by a slash and calls it a file.
# Input: "Gladi di RT 03/RW 05", as Indonesian neighbourhoods are written (RT 03, RW 05), and "dana/logistik".
# Seen: tokens 03/RW of type file, and the lexeme 'dana/logistik'; a search for RW or for logistik finds neither.
# Expected by whoever writes addresses so: the words 03 and RW, dana and logistik. SQLite's FTS5 (unicode61) parts them.
# Source: https://www.postgresql.org/docs/current/textsearch-parsers.html (type "file")
# Run on PostgreSQL as @electric-sql/pglite 0.5.14 has it; the server's own build of 18.4 gives the same.
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.14 >/dev/null
cat > run.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';

const db = await PGlite.create();
const { rows } = await db.query(`
  select
    (select string_agg(alias || ' ' || token, ', ') from ts_debug('simple', 'Gladi di RT 03/RW 05') where alias <> 'blank') as tokens,
    to_tsvector('simple', 'Gladi di RT 03/RW 05') @@ plainto_tsquery('simple', 'RW') as joined,
    to_tsvector('simple', 'Gladi di RT 03 RW 05') @@ plainto_tsquery('simple', 'RW') as parted,
    to_tsvector('simple', 'dana/logistik') @@ plainto_tsquery('simple', 'logistik') as second`);
console.log(JSON.stringify(Object.values(rows[0])));
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '["asciiword Gladi, asciiword di, asciiword RT, file 03/RW, uint 05",false,true,false]' ] ||
  { echo 'changed: the finding no longer holds'; exit 1; }
