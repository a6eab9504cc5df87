#!/usr/bin/env bash
# undici 7.30.2 (as @slack/socket-mode 3 has it) beside undici 6.29.1 (as discord.js 14 has it), on Node 20: where version 7 is
# loaded first, version 6 can send no form with a file any more.
# Seen: `request` of version 6 with a FormData of Node's fails with "TypeError: action is not a function", thrown by version 7;
# in the other order, or once Node's own fetch was loaded, the same call arrives.
# Expected: that each version serves its own calls, whatever was loaded before.
# What follows: a program that talks to both platforms loads discord.js first, or touches Node's fetch before either.
# Source: lib/global.js of both: the first one loaded sets Symbol.for('undici.globalDispatcher.1') for the whole process;
# lib/web/fetch/body.js, extractBody: no branch knows a FormData of another version.
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts six@npm:undici@6.29.1 seven@npm:undici@7.30.2 >/dev/null
cat > run.cjs <<'JS'
const { createServer } = require('node:http');
for (const name of process.argv.slice(2)) name === 'fetch' ? void globalThis.FormData : require(name);
const { request } = require('six');
const body = new FormData();
body.append('file', new Blob(['a,b']), 'a.csv');
const server = createServer((asked, answer) => asked.resume().on('end', () => answer.end('arrived')));
server.listen(0, '127.0.0.1', async () => {
  const at = `http://127.0.0.1:${server.address().port}`;
  const said = request(at, { method: 'POST', body }).then(one => one.body.text());
  console.log(await said.catch(error => error.message));
  process.exit(0);
});
JS
seen=$(node run.cjs seven; node run.cjs six seven; node run.cjs fetch seven)
echo "$seen"
[ "$seen" = $'action is not a function\narrived\narrived' ] || { echo 'changed: the finding no longer holds'; exit 1; }
