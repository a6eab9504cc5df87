import { expect, it } from 'vitest';
import { keptInstallations } from '../../adapters/slack/installations.ts';
import { until } from '../until.ts';
import { aSlackApp } from './app.ts';

it('a workspace installs the app, is served from then on, and its token is kept under seal', async () => {
  await using app = await aSlackApp('socket', { oauth: true });
  const { slack, ana, news, say } = app;
  const { scopes, status } = await app.install();
  expect(scopes).toContain('chat:write');
  expect(status).toBe(200);
  expect([...app.kept.keys()]).toEqual([`slack:${slack.team.id}`]);
  expect([...app.kept.values()].join()).not.toContain('xoxb');
  await app.setUp();
  await say(ana, 'activity log Gladi');
  await slack.until(() => slack.messages(news).length === 1);
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});

it('S20: whoever installs is written to how to begin, with a button, in the language of new forums', async () => {
  await using app = await aSlackApp('socket', { oauth: true });
  const { slack, ana } = app;
  await app.install();
  await slack.until(() => slack.directMessages(ana).length === 1, 'the greeting');
  expect(JSON.stringify(slack.directMessages(ana)[0]!.blocks)).toContain('Mulai forum');
});

it.each(['elsewhere', 'forged', 'stale', 'refuses'] as const)(
  'an installation that did not begin in the same browser, or that Slack refuses, is none: %s',
  async consent => {
    await using app = await aSlackApp('socket', { oauth: true });
    expect((await app.install(app.slack.team, app.ana, consent)).status).toBeGreaterThanOrEqual(400);
    expect(app.kept.size).toBe(0);
  },
);

it('a workspace that uninstalls is forgotten', async () => {
  await using app = await aSlackApp('socket', { oauth: true });
  const { slack, adapter } = app;
  await app.install();
  slack.uninstall();
  await until(() => app.kept.size === 0, 'the token to be forgotten');
  const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
  const target = { kind: 'channel', workspace: slack.team.id, channel: app.news.id, name: 'kabar' } as const;
  expect((await adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('refused');
  expect(adapter.health().well).toBe(true);
});

it('a token is used for its own workspace only', async () => {
  await using app = await aSlackApp();
  const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
  const target = { kind: 'channel', workspace: 'T9', channel: app.news.id, name: 'kabar' } as const;
  expect((await app.adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('refused');
  expect(app.slack.calls.map(call => call.method)).not.toContain('chat.postMessage');
});

it('Y8: whose installation is known waits for no database, and hears of a new token behind its back', async () => {
  const kept = new Map<string, string>();
  let answer: Promise<void> = Promise.resolve();
  const vault = {
    load: async (name: string) => {
      await answer;
      return kept.get(name) ?? null;
    },
    save: async (name: string, value: string) => void kept.set(name, value),
    remove: async (name: string) => void kept.delete(name),
  };
  let now = 0;
  const open = () => keptInstallations(vault, 'rahasia', undefined, () => now);
  const [ours, other] = [open(), open()];
  const installation = (token: string) =>
    ({ team: { id: 'T1' }, user: { id: 'U2' }, bot: { token, id: 'B1', userId: 'U1' } }) as never;
  await other.store.storeInstallation(installation('xoxb-old'));
  expect((await ours.find('T1', undefined))?.token).toBe('xoxb-old');
  await other.store.storeInstallation(installation('xoxb-new'));
  let release = (): void => {};
  answer = new Promise(done => {
    release = done;
  });
  now = 60_000;
  expect((await ours.find('T1', undefined))?.token).toBe('xoxb-old');
  release();
  await until(async () => (await ours.find('T1', undefined))?.token === 'xoxb-new', 'the new token');
  await ours.remove('T1');
  expect(await ours.find('T1', undefined)).toBeNull();
});
