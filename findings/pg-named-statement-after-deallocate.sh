#!/usr/bin/env bash
# pg 8.23.1: a named statement never recovers on a connection on which the server has forgotten it (DEALLOCATE ALL or
# DISCARD ALL, as poolers send them between clients).
# Seen: the same named query gives 26000 (invalid_sql_statement_name) at each later use, not only at the first; pg keeps
# believing that the statement is prepared and never parses it again.
# Expected: that it is parsed anew after the first refusal.
# What follows: whoever names statements behind a pooler has to throw the connection away, or the name, after 26000.
# Source: lib/query.js of the package, hasBeenParsed; https://www.postgresql.org/docs/current/sql-deallocate.html
# Run against PostgreSQL 18 as @electric-sql/pglite 0.5.14 has it, through @electric-sql/pglite-socket 0.2.17.
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 >/dev/null
cat > run.mjs <<'JS'
import { createServer } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';

const port = await new Promise(found => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => found(port));
  });
});
const server = new PGLiteSocketServer({ db: await PGlite.create(), host: '127.0.0.1', port });
await server.start();
const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
await client.connect();
const named = () => client.query({ name: 'one', text: 'select 1' }).then(() => 'ok', error => error.code);
const seen = [await named()];
await client.query('DEALLOCATE ALL');
for (let n = 0; n < 3; n++) seen.push(await named());
console.log(JSON.stringify(seen));
process.exit(0);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '["ok","26000","26000","26000"]' ] || { echo 'changed: the finding no longer holds'; exit 1; }
