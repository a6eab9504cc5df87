import { expect, it, vi } from 'vitest';
import { keptInstallations } from '../../adapters/slack/installations.ts';
import { aSlackApp } from './app.ts';

/** Installs the app as a browser does: the link, Slack's consent (with `code`), and back. */
async function install(port: number | null, code: string) {
  const site = `http://127.0.0.1:${port}`;
  const page = await fetch(`${site}/slack/install`);
  const link = /href="([^"]*authorize[^"]*)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
  const asked = new URL(link).searchParams;
  const cookie = page.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ');
  const back = `${site}/slack/oauth_redirect?code=${code}&state=${encodeURIComponent(asked.get('state') ?? '')}`;
  return {
    scopes: asked.get('scope'),
    withCookie: () => fetch(back, { headers: { cookie } }),
    without: () => fetch(back),
  };
}

it('a workspace installs the app, is served from then on, and its token is kept under seal', async () => {
  await using app = await aSlackApp('oauth');
  const { slack, ana, news, say } = app;
  const { scopes, withCookie } = await install(app.port, 'good');
  expect(scopes?.split(',')).toContain('chat:write');
  expect((await withCookie()).status).toBe(200);
  expect([...app.kept.keys()]).toEqual(['slack:T1']);
  expect([...app.kept.values()].join()).not.toContain('xoxb');
  await say(ana, `forum setup Uji announce:<#${news}>`);
  await say(ana, 'activity log Gladi');
  await slack.until(() => slack.posts(news).length === 1);
  expect(slack.faults).toEqual([]);
});

it('an installation that did not begin in the same browser, or that Slack refuses, is none', async () => {
  await using app = await aSlackApp('oauth');
  expect((await (await install(app.port, 'good')).without()).status).toBeGreaterThanOrEqual(400);
  expect((await (await install(app.port, 'bad')).withCookie()).status).toBeGreaterThanOrEqual(400);
  expect(app.kept.size).toBe(0);
});

it('a workspace that uninstalls is forgotten', async () => {
  await using app = await aSlackApp('oauth');
  const { slack, adapter } = app;
  await (await install(app.port, 'good')).withCookie();
  await slack.event({ type: 'app_uninstalled' });
  await slack.until(() => app.kept.size === 0);
  const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
  const target = { kind: 'channel', workspace: slack.team, channel: app.news, name: 'kabar' } as const;
  expect((await adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('refused');
  expect(adapter.health().well).toBe(true);
});

it('a token is used for its own workspace only', async () => {
  await using app = await aSlackApp();
  const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
  const target = { kind: 'channel', workspace: 'T9', channel: app.news, name: 'kabar' } as const;
  expect((await app.adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('refused');
  expect(app.slack.calls).not.toContain('chat.postMessage');
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
  await vi.waitFor(async () => expect((await ours.find('T1', undefined))?.token).toBe('xoxb-new'));
  await ours.remove('T1');
  expect(await ours.find('T1', undefined)).toBeNull();
});
