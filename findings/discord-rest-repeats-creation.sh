#!/usr/bin/env bash
# @discordjs/rest 2.6.3 (discord.js 14): a POST that the server has carried out, and answered with 500, is sent again three times.
# Input: the client as it is made without options, and one POST that creates a scheduled event. The server stands in for
# the platform: it keeps what was posted, and its answers get lost behind a gateway's 500.
# Seen: one call of `post` creates four events, and then fails with the 500.
# Expected: a request that is not idempotent is not repeated unasked, or carries a key by which the server knows it again;
# messages have a `nonce` for that, scheduled events have none.
# What follows: an event stands up to four times in the server's calendar; whoever creates one must look for twins afterwards.
# Source: https://discord.js.org/docs/packages/rest/stable/RESTOptions:Interface (retries, 3 where none is given)
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @discordjs/rest@2.6.3 >/dev/null
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { REST } from '@discordjs/rest';
const kept = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', part => { body += part; });
  request.on('end', () => {
    kept.push(JSON.parse(body).name);
    response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
  });
}).listen(0, '127.0.0.1');
await new Promise(done => server.once('listening', done));
const rest = new REST({ api: `http://127.0.0.1:${server.address().port}` }).setToken('x');
const body = { name: 'Meeting', privacy_level: 2, entity_type: 3 };
const end = await rest.post('/guilds/1/scheduled-events', { body }).then(() => 'done', error => `status ${error.status}`);
console.log(`${kept.length} created by one call, which ends with ${end}`);
server.close();
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '4 created by one call, which ends with status 500' ] || { echo 'changed: the finding no longer holds'; exit 1; }
