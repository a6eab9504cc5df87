#!/usr/bin/env bash
# @slack/web-api 8.2.0: an answer of status 200 that is an HTML page (a maintenance page, a captive portal) is taken for
# Slack's own verdict, and the whole page for its error code.
# Seen: the call rejects with code "slack_webapi_platform_error" and data.error = the HTML.
# Expected: a failed request (slack_webapi_request_error or http_error), which may be tried again; a platform error is final.
# What follows: who compares data.error with known codes and gives up on all others loses messages for a proxy's page.
# Source: dist/WebClient.js of the package, buildResult; https://docs.slack.dev/tools/node-slack-sdk/web-api
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @slack/web-api@8.2.0 >/dev/null
cat > run.mjs <<'JS'
import { createServer } from 'node:http';
import { WebClient } from '@slack/web-api';

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<html><body>We will be back soon</body></html>');
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const slackApiUrl = `http://127.0.0.1:${server.address().port}/api/`;
const client = new WebClient('xoxb-0', { slackApiUrl, retryConfig: { retries: 0 } });
const error = await client.chat.postMessage({ channel: 'C1', text: 'hello' }).catch(reason => reason);
console.log(JSON.stringify([error.code, error.data?.error]));
process.exit(0);
JS
seen=$(node run.mjs 2>/dev/null)
echo "$seen"
[ "$seen" = '["slack_webapi_platform_error","<html><body>We will be back soon</body></html>"]' ] ||
  { echo 'changed: the finding no longer holds'; exit 1; }
