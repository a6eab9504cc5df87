#!/usr/bin/env bash
# @slack/bolt 5.1.0: in a channel that two workspaces share, a button inside a modal is attributed to the workspace of
# the person who presses it, and the submission of the same modal to the workspace where the app was installed.
# Seen: `authorize` gets teamId "T_ACTOR" for block_actions and "T_HOST" for view_submission of one and the same view.
# Expected by a reader of the payload: `view.app_installed_team_id` ("T_HOST") for both.
# Source: dist/App.js of the package, buildSource; https://docs.slack.dev/reference/interaction-payloads
# Date: 2026-11-29
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @slack/bolt@5.1.0 >/dev/null
cat > run.mjs <<'JS'
import bolt from '@slack/bolt';

const asked = [];
const receiver = { init(app) { this.app = app; }, start: async () => {}, stop: async () => {} };
new bolt.App({
  receiver,
  authorize: async source => {
    asked.push(source.teamId);
    return { botToken: 'xoxb-0', botId: 'B0', botUserId: 'U0' };
  },
  logLevel: bolt.LogLevel.ERROR,
});
const view = { id: 'V1', type: 'modal', callback_id: 'form', app_installed_team_id: 'T_HOST', team_id: 'T_HOST', blocks: [] };
const common = { team: { id: 'T_ACTOR' }, user: { id: 'U1', team_id: 'T_ACTOR' }, view };
const press = { type: 'block_actions', ...common, actions: [{ type: 'button', block_id: 'b', action_id: 'a' }] };
const submit = { type: 'view_submission', ...common };
for (const body of [press, submit]) await receiver.app.processEvent({ body, ack: async () => {} });
console.log(JSON.stringify(asked));
process.exit(0);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '["T_ACTOR","T_HOST"]' ] || { echo 'changed: the finding no longer holds'; exit 1; }
