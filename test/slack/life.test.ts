import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aSlackApp } from './app.ts';
import { shown } from './block-kit.ts';

type App = Awaited<ReturnType<typeof aSlackApp>>;

const started = async ({ ana, news, say }: App) => say(ana, `forum setup Uji announce:<#${news}>`);

it('a vote is cast by button, replaced, objected to by form, and the message shows the tally', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, news, say } = app;
  await started(app);
  await say(ana, 'partner add A');
  await say(ana, 'partner add B');
  await say(ana, `partner assign <@${ana.id}> partner:A role:wakil`);
  await say(ana, `partner assign <@${budi.id}> partner:B role:wakil`);
  await say(ana, 'strategi usul Gladi rationale:perlu closes:3d');
  await slack.until(() => slack.posts(news).length === 1);
  const ballot = slack.posts(news)[0]!;
  expect((await slack.click(ballot, 'Setuju', ana)).text).toContain('Suara tercatat');
  expect((await slack.click(ballot, 'Tidak setuju', ana)).text).toContain('tidak setuju');
  const objection = await slack.click(ballot, 'Keberatan', budi);
  expect((await slack.submit(objection.window!, { reason: 'Pasar buka' }, budi)).text).toContain('keberatan');
  await slack.until(() => shown(ballot.blocks).includes('tidak setuju 1'));
  expect(ballot.text).toContain('tidak setuju 1');
  expect(slack.faults).toEqual([]);
  expect(app.logged).toEqual([]);
});

it('only who manages the workspace may start a forum; a guest from elsewhere may not', async () => {
  await using app = await aSlackApp();
  const { slack, budi, say } = app;
  expect((await say(budi, 'forum setup Uji')).text).toContain('Hanya pengelola');
  const guest = slack.addPerson('Tamu', { admin: true, team: 'T9' });
  expect((await say(guest, 'forum setup Uji')).text).toContain('Hanya pengelola');
});

it('a channel that is gone stops nobody else, and the coordinator is told directly', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await started(app);
  slack.channels.delete(news);
  expect((await say(ana, 'activity log Gladi')).text).toContain('K-1');
  await slack.until(() => slack.posts(`D${ana.id}`).length === 1);
  expect(slack.posts(`D${ana.id}`)[0]!.text).toContain('kabar');
});

it('an answer that cannot be shown where it was asked for comes as a direct message', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await started(app);
  slack.closeResponses();
  void say(ana, 'activity log Gladi');
  await slack.until(() => slack.posts(`D${ana.id}`).some(one => one.text.includes('K-1')));
});

it('one call too many waits as long as Slack says; blocks that are not taken are said more simply', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await started(app);
  slack.breakNext('chat.postMessage', {
    status: 429,
    headers: { 'retry-after': '1' },
    body: { ok: false, error: 'ratelimited' },
  });
  await say(ana, 'activity log Satu');
  await slack.until(() => slack.posts(news).length === 1);
  slack.breakNext('chat.postMessage', { status: 200, body: { ok: false, error: 'invalid_blocks' } });
  await say(ana, 'activity log Dua');
  await slack.until(() => slack.posts(news).length === 2);
  expect(slack.posts(news)[1]!.text).toContain('Dua');
});

it('the socket is taken up again after it broke, and a press that comes twice is one act', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await started(app);
  slack.drop();
  await slack.until(() => slack.connected === 0);
  await slack.until(() => slack.connected === 1 && app.adapter.health().well);
  await say(ana, 'issue raise Banjir');
  await slack.until(() => slack.posts(news).length === 1);
  slack.twice = true;
  await slack.click(slack.posts(news)[0]!, 'Saya tangani', ana);
  slack.twice = false;
  const history = (await say(ana, 'issue show I-1')).text;
  expect(history.match(/menugaskan Ana/g) ?? []).toHaveLength(1);
});

describe('S4, Y4: a call that is answered as if the token were not taken', () => {
  const revoked = (error: string) => ({ status: 200, body: { ok: false, error } });

  it('is no verdict while Slack takes it elsewhere: the message arrives, and nothing is thrown away', async () => {
    await using app = await aSlackApp();
    const { slack, ana, news, say } = app;
    await started(app);
    slack.breakNext('chat.postMessage', revoked('account_inactive'));
    await say(ana, 'activity log Gladi');
    await slack.until(() => slack.posts(news).length === 1);
    expect(slack.calls.filter(one => one === 'auth.test')).toHaveLength(2);
    expect(app.adapter.health().well).toBe(true);
  });

  it('holds all messages once it is confirmed, health says so, and it ends when Slack takes it again', async () => {
    await using app = await aSlackApp();
    const { slack, store, ana, say } = app;
    await started(app);
    slack.breakNext('chat.postMessage', revoked('token_revoked'));
    slack.breakNext('auth.test', revoked('token_revoked'));
    await say(ana, 'activity log Gladi');
    await slack.until(() => !app.adapter.health().well);
    const { deliveries: d, health } = store.tables;
    let [held] = await store.read.select().from(health);
    for (let n = 0; n < 2_000 && !held; n++) {
      await new Promise(setImmediate);
      [held] = await store.read.select().from(health);
    }
    expect(held).toMatchObject({ platform: 'slack', workspace: '', state: 'refused' });
    expect((await store.read.select().from(d)).map(one => one.state)).toEqual(['pending']);
    const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
    const target = { kind: 'channel', workspace: slack.team, channel: app.news, name: 'kabar' } as const;
    expect((await app.adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('sent');
    expect(app.adapter.health().well).toBe(true);
  });
});

it('files come by direct message to whoever asked', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await started(app);
  await say(ana, 'me export');
  await slack.until(() => slack.files.includes('rembug.json'));
  expect(slack.faults).toEqual([]);
});

/** Sends what Slack would over HTTP, signed with `secret` at `at`. */
async function post(app: App, body: string, { secret = 'secret', at = Math.floor(Date.now() / 1000) } = {}) {
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

/** From now on Slack speaks over HTTP, and takes its answers from there. */
function overHttp(app: App): void {
  app.slack.deliver = async (kind, payload) => {
    const form = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
    const answer = await (await post(app, new URLSearchParams(form).toString())).text();
    return answer ? (JSON.parse(answer) as Record<string, unknown>) : {};
  };
}

it('prepared for both ways, it answers over whichever Slack speaks', async () => {
  await using app = await aSlackApp('both');
  await started(app);
  expect((await app.say(app.budi, 'kegiatan catat Rapat')).text).toContain('K-1');
  overHttp(app);
  expect((await app.say(app.budi, 'kegiatan catat Gladi')).text).toContain('K-2');
  expect(app.slack.faults).toEqual([]);
});

it('over HTTP the same story runs, and what is not signed, or long ago, is refused', async () => {
  await using app = await aSlackApp('http');
  const { slack, ana, budi, news, say } = app;
  overHttp(app);
  await started(app);
  const { window } = await say(budi, 'kegiatan catat');
  expect((await slack.submit(window!, { title: 'Gladi' }, budi)).text).toContain('K-1');
  await slack.until(() => slack.posts(news).length === 1);
  expect((await slack.click(slack.posts(news)[0]!, 'Tambah bukti', ana)).window).toBeTruthy();

  const body = 'command=%2Frembug&text=help&user_id=U1&team_id=T1&channel_id=C1&trigger_id=t';
  expect((await post(app, body, { secret: 'another' })).status).toBe(401);
  expect((await post(app, body, { at: Math.floor(Date.now() / 1000) - 301 })).status).toBe(401);
  expect(slack.faults).toEqual([]);
});
