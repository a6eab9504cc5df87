import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { readableText } from '../wire/slack/reading.ts';
import { aSlackApp, SECRET } from './app.ts';

type App = Awaited<ReturnType<typeof aSlackApp>>;

it('a vote is cast by button, replaced, objected to by form, and the message shows the tally', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, news, say, press } = app;
  await app.setUp();
  await say(ana, 'partner add A');
  await say(ana, 'partner add B');
  await say(ana, 'partner assign @ana partner:A role:wakil');
  await say(ana, 'partner assign @budi partner:B role:wakil');
  await say(ana, 'strategi usul Gladi rationale:perlu closes:3d');
  await slack.until(() => slack.messages(news).length === 1);
  const ballot = slack.messages(news)[0]!;
  expect((await press(ballot, 'Setuju', ana)).text).toContain('Suara tercatat');
  expect((await press(ballot, 'Tidak setuju', ana)).text).toContain('tidak setuju');
  const objection = await press(ballot, 'Keberatan', budi);
  const objected = await slack.submitView(objection.view, { reason: 'Pasar buka' }, budi).answered();
  expect(objected.text).toContain('keberatan');
  await slack.until(() => readableText(ballot).includes('tidak setuju 1'));
  expect(ballot.text).toContain('tidak setuju 1');
  expect([slack.failures, slack.pings, app.logged]).toEqual([[], [], []]);
});

it('only who manages the workspace may start a forum; a guest from elsewhere may not', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say } = app;
  expect((await say(budi, 'forum setup Uji')).text).toContain('Hanya pengelola');
  const elsewhere = slack.addTeam('Mitra', { installed: false });
  const guest = slack.addUser('Tamu', { team: elsewhere, admin: true });
  const shared = slack.addChannel('bersama', { members: [ana, guest], sharedWith: [elsewhere] });
  expect((await slack.write(guest, 'forum setup Uji', shared).answered()).text).toContain('Hanya pengelola');
});

it('a channel that is gone stops nobody else, and the coordinator is told directly', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await app.setUp();
  slack.world.channels.delete(news.id);
  expect((await say(ana, 'activity log Gladi')).text).toContain('K-1');
  await slack.until(() => slack.directMessages(ana).length === 1);
  expect(slack.directMessages(ana)[0]!.text).toContain('kabar');
});

it('an answer that cannot be shown where it was asked for comes as a direct message', async () => {
  await using app = await aSlackApp();
  const { slack, ana, send } = app;
  await app.setUp();
  const asked = send(ana, 'activity log Gladi');
  slack.expireResponseUrl(asked);
  await slack.until(() => slack.directMessages(ana).some(one => one.text.includes('K-1')));
  expect(asked.responses).toEqual([]);
});

it('one call too many waits as long as Slack says; blocks that are not taken are said more simply', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await app.setUp();
  const limited = slack.fail({ method: 'chat.postMessage', status: 429, retryAfter: 1 });
  await say(ana, 'activity log Satu');
  await slack.until(() => slack.messages(news).length === 1);
  const refused = slack.fail({ method: 'chat.postMessage', error: 'invalid_blocks' });
  await say(ana, 'activity log Dua');
  await slack.until(() => slack.messages(news).length === 2);
  expect(slack.messages(news)[1]!.text).toContain('Dua');
  expect([limited.hits, refused.hits]).toEqual([1, 1]);
});

it('the socket is taken up again after it broke, and a press that comes twice is one act', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await app.setUp();
  slack.socket.drop();
  await slack.until(() => slack.socket.connections === 1 && app.adapter.health().well);
  await say(ana, 'issue raise Banjir');
  await slack.until(() => slack.messages(news).length === 1);
  slack.duplicateNext();
  await app.press(slack.messages(news)[0]!, 'Saya tangani', ana);
  const history = (await say(ana, 'issue show I-1')).text;
  expect(history.match(/menugaskan Ana/g) ?? []).toHaveLength(1);
});

describe('S4, Y4: a call that is answered as if the token were not taken', () => {
  it('is no verdict while Slack takes it elsewhere: the message arrives, and nothing is thrown away', async () => {
    await using app = await aSlackApp();
    const { slack, ana, news, say } = app;
    await app.setUp();
    slack.fail({ method: 'chat.postMessage', error: 'account_inactive' });
    await say(ana, 'activity log Gladi');
    await slack.until(() => slack.messages(news).length === 1);
    expect(slack.calls.filter(one => one.method === 'auth.test')).toHaveLength(2);
    expect(app.adapter.health().well).toBe(true);
  });

  it('holds all messages once it is confirmed, health says so, and it ends when Slack takes it again', async () => {
    await using app = await aSlackApp();
    const { slack, store, ana, say } = app;
    await app.setUp();
    slack.fail({ method: 'chat.postMessage', error: 'token_revoked' });
    slack.fail({ method: 'auth.test', error: 'token_revoked' });
    await say(ana, 'activity log Gladi');
    await slack.until(() => !app.adapter.health().well);
    const { deliveries: d, health } = store.tables;
    const held = await until(async () => (await store.read.select().from(health))[0], 'the record of its health');
    expect(held).toMatchObject({ platform: 'slack', workspace: '', state: 'refused' });
    expect((await store.read.select().from(d)).map(one => one.state)).toEqual(['pending']);
    const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
    const target = { kind: 'channel', workspace: slack.team.id, channel: app.news.id, name: 'kabar' } as const;
    expect((await app.adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('sent');
    expect(app.adapter.health().well).toBe(true);
  });
});

it('files come by direct message to whoever asked', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  await say(ana, 'me export');
  await slack.until(() => slack.directMessages(ana).some(one => one.files.some(file => file.name === 'rembug.json')));
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});

/** Sends what Slack would over HTTP, signed with `secret` at `at`. */
async function post(app: App, body: string, { secret = SECRET, at = Math.floor(Date.now() / 1000) } = {}) {
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
  return fetch(`http://127.0.0.1:${app.port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': signature,
    },
    body,
  });
}

it('prepared for both ways, it answers over whichever Slack speaks', async () => {
  await using app = await aSlackApp('both');
  await app.setUp();
  expect((await app.say(app.budi, 'kegiatan catat Rapat')).text).toContain('K-1');
  app.overHttp();
  expect((await app.say(app.budi, 'kegiatan catat Gladi')).text).toContain('K-2');
  expect([app.slack.failures, app.slack.pings]).toEqual([[], []]);
});

it('over HTTP the same story runs, and what is not signed, or long ago, is refused', async () => {
  await using app = await aSlackApp('http');
  const { slack, ana, budi, news, say } = app;
  await app.setUp();
  const { view } = await say(budi, 'kegiatan catat');
  expect((await slack.submitView(view, { title: 'Gladi' }, budi).answered()).text).toContain('K-1');
  await slack.until(() => slack.messages(news).length === 1);
  expect((await app.press(slack.messages(news)[0]!, 'Tambah bukti', ana)).opened).toHaveLength(1);

  const body = 'command=%2Frembug&text=help&user_id=U1&team_id=T1&channel_id=C1&trigger_id=t';
  expect((await post(app, body, { secret: 'another' })).status).toBe(401);
  expect((await post(app, body, { at: Math.floor(Date.now() / 1000) - 301 })).status).toBe(401);
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});
