import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createDoor, MAX_BODY_BYTES } from '../../adapters/slack/door.ts';
import { systemClock } from '../../src/contract/clock.ts';
import { createLog } from '../../src/contract/log.ts';
import { until } from '../until.ts';
import { aSlackApp, SECRET } from './app.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const signed = (raw: string, secret = SECRET): Record<string, string> => {
  const at = String(Math.floor(systemClock.now().getTime() / 1_000));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${raw}`).digest('hex')}`;
  return { 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
};

const post = async (port: number, raw: string, type: string, secret?: string): Promise<number> => {
  const headers = { 'content-type': type, ...signed(raw, secret) };
  return (await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body: raw })).status;
};

/** Bodies that are signed and yet are not what Slack documents. */
const ODD: readonly (readonly [string, string])[] = [
  ['', JSON_TYPE],
  ['null', JSON_TYPE],
  ['[]', JSON_TYPE],
  ['"text"', JSON_TYPE],
  ['{"type":"event_callback"}', JSON_TYPE],
  ['{"type":"event_callback","event":{}}', JSON_TYPE],
  ['{"type":7}', JSON_TYPE],
  ['{', JSON_TYPE],
  ['payload=', FORM],
  ['payload=null', FORM],
  ['payload=%7B%7D', FORM],
  ['payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A7%7D', FORM],
  ['payload=%7B%22type%22%3A%22view_submission%22%2C%22view%22%3A%7B%7D%7D', FORM],
  ['payload=1&payload=2', FORM],
  ['text=x', FORM],
  ['command=a&command=b', FORM],
];

it('R29: a signed body that is not of a documented form is refused, and everybody else is answered on', async () => {
  await using app = await aSlackApp('http');
  const answers: number[] = [];
  for (const [raw, type] of ODD) answers.push(await post(app.port!, raw, type));
  expect(answers).toEqual(ODD.map(() => 400));
  expect(await post(app.port!, '{"type":"url_verification","challenge":"c"}', JSON_TYPE)).toBe(200);
  expect(await post(app.port!, 'ssl_check=1&token=x', FORM)).toBe(200);
});

it('R30: wrong signatures are limited by visitor and logged in sum; a right one is never held up', async () => {
  const logged: string[] = [];
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => new Date(0),
    line => logged.push(line),
  );
  let now = 0;
  const door = createDoor(
    SECRET,
    log,
    (_request, response) => response.writeHead(204).end(),
    () => now,
  );
  let visitor = 'a';
  const server = createServer((request, response) => void door(request, response, visitor));
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const body = 'command=%2Frembug&text=x';
  try {
    const statuses: number[] = [];
    for (let n = 0; n < 100; n++) statuses.push(await post(port, body, FORM, 'wrong'));
    expect(statuses).toEqual([...Array(60).fill(401), ...Array(40).fill(429)]);
    expect(await post(port, body, FORM)).toBe(204);
    visitor = 'b';
    expect(await post(port, body, FORM, 'wrong')).toBe(401);
    expect(logged).toHaveLength(1);
    now = 60_000;
    expect(await post(port, body, FORM, 'wrong')).toBe(401);
    expect(logged.map(line => (JSON.parse(line) as { count: number }).count)).toEqual([1, 101]);
    expect(await post(port, `command=${'x'.repeat(MAX_BODY_BYTES)}`, FORM)).toBe(413);
  } finally {
    server.close();
  }
});

it('R29, R30: what Slack has not signed acts on nothing, however it is dressed, and what it signed acts once', async () => {
  await using app = await aSlackApp('both');
  const { store, ana, channel, slack } = app;
  await app.say(ana, 'forum setup "Forum Uji"');
  const line = new URLSearchParams({
    command: '/rembug',
    text: 'goal add Siap',
    trigger_id: '1.2.3',
    team_id: slack.team.id,
    user_id: ana.id,
    user_name: 'ana',
    channel_id: channel.id,
    channel_name: 'umum',
    response_url: `${slack.api}response`,
  }).toString();
  const pressed = encodeURIComponent(JSON.stringify({ type: 'block_actions', user: { id: ana.id }, actions: [] }));
  const send = async (raw: string, headers: Record<string, string>): Promise<number> => {
    const url = `http://127.0.0.1:${app.port}/slack/events`;
    const type = { 'content-type': FORM };
    return (await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body: raw })).status;
  };
  const goals = async () => (await store.read.select().from(store.tables.goals)).length;
  const right = signed(line);
  const old = { ...right, 'x-slack-request-timestamp': String(Number(right['x-slack-request-timestamp']) - 600) };
  for (const [raw, headers, status] of [
    // Slack's check of the line needs no signature, and carries nothing else in.
    [`ssl_check=1&${line}`, {}, 200],
    [`ssl_check=1&payload=${pressed}`, {}, 200],
    [`${line}&ssl_check=2`, {}, 401],
    [line, {}, 401],
    [line, old, 401],
    [`${line}&text=goal+add+Lain`, right, 401],
    [line, { ...right, 'x-slack-signature': 'v0=' }, 401],
    [line, { ...right, 'x-slack-request-timestamp': 'NaN' }, 401],
  ] as const)
    expect([raw.slice(0, 30), await send(raw, headers)]).toEqual([raw.slice(0, 30), status]);
  expect(await goals()).toBe(0);
  // The same signed bytes, caught and sent again.
  const answers = [await send(line, right), await send(line, right)];
  expect(answers).toEqual([200, 200]);
  await until(goals, 'the goal');
  expect(await goals()).toBe(1);
  await app.say(ana, 'goal list');
  expect(await goals()).toBe(1);
});

it('R29: signed bodies that are deep, long or strangely typed inside end nothing', async () => {
  await using app = await aSlackApp('both');
  const deep = (n: number): string => `${'['.repeat(n)}${']'.repeat(n)}`;
  for (const [raw, type] of [
    [`{"type":"x","a":${deep(100_000)}}`, JSON_TYPE],
    ['{"type":"event_callback","event":{"type":"message","user":{"id":7},"channel":[],"text":{}}}', JSON_TYPE],
    ['{"type":"event_callback","event":{"type":"app_home_opened","user":null,"tab":1}}', JSON_TYPE],
    ['{"__proto__":{"type":"event_callback"},"constructor":1}', JSON_TYPE],
    [`payload=${encodeURIComponent('{"type":"view_submission","view":{"state":7},"user":{}}')}`, FORM],
    [`payload=${encodeURIComponent('{"type":"block_actions","actions":[{"type":"button"}],"user":null}')}`, FORM],
    [`payload=${encodeURIComponent('{"type":"block_suggestion","action_id":{},"value":[]}')}`, FORM],
    ['command=%2Frembug&text=%00&user_id=&team_id=&channel_id=&trigger_id=', FORM],
  ] as const)
    expect([raw.slice(0, 60), await post(app.port!, raw, type)]).toEqual([raw.slice(0, 60), expect.any(Number)]);
  expect((await app.say(app.ana, 'forum setup "Forum Uji"')).text).toContain('Forum dimulai');
});
