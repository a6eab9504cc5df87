import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { aSlackApp, SECRET } from './app.ts';

it('a body that is signed but has no person in it is nobody’s act', async () => {
  await using app = await aSlackApp('http');
  const { slack, channel, port, logged } = app;
  const post = async (raw: string, type: string): Promise<number> => {
    const at = String(Math.floor(Date.now() / 1_000));
    const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${at}:${raw}`).digest('hex')}`;
    const headers = { 'content-type': type, 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
    return (await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body: raw })).status;
  };
  const form = (fields: Record<string, string>) =>
    post(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');
  const payload = (body: object) => form({ payload: JSON.stringify({ team: { id: slack.team.id }, ...body }) });
  const view = { id: 'V1', type: 'modal', callback_id: 'm.1.gl', blocks: [], state: { values: {} } };
  const home = { type: 'app_home_opened', tab: 'home' };
  const answers = [
    await form({
      command: '/rembug',
      text: 'tujuan daftar',
      team_id: slack.team.id,
      channel_id: channel.id,
      trigger_id: '1',
    }),
    await payload({ type: 'view_submission', user: {}, view }),
    await payload({ type: 'block_suggestion', user: {}, view, block_id: 'goal', action_id: 'value', value: 'x' }),
    await payload({ type: 'block_actions', user: { id: '' }, actions: [{ action_id: '1.gl#0', type: 'button' }] }),
    await post(JSON.stringify({ type: 'event_callback', team_id: slack.team.id, event: home }), 'application/json'),
  ];
  expect(answers).toEqual([200, 200, 200, 200, 200]);
  expect(logged).toEqual([]);
  const { forums, accounts } = app.store.tables;
  expect(await app.store.read.select().from(forums)).toEqual([]);
  expect(await app.store.read.select().from(accounts)).toEqual([]);
});
