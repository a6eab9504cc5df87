import { expect, it } from 'vitest';
import { aSlackHouse } from './house.ts';

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
  await using house = await aSlackHouse('oauth');
  const { slack, ana, news, say } = house;
  const { scopes, withCookie } = await install(house.port, 'good');
  expect(scopes?.split(',')).toContain('chat:write');
  expect((await withCookie()).status).toBe(200);
  expect([...house.kept.keys()]).toEqual(['slack:T1']);
  expect([...house.kept.values()].join()).not.toContain('xoxb');
  await say(ana, `forum setup Uji announce:<#${news}>`);
  await say(ana, 'activity log Gladi');
  await slack.until(() => slack.posts(news).length === 1);
  expect(slack.faults).toEqual([]);
});

it('an installation that did not begin in the same browser, or that Slack refuses, is none', async () => {
  await using house = await aSlackHouse('oauth');
  expect((await (await install(house.port, 'good')).without()).status).toBeGreaterThanOrEqual(400);
  expect((await (await install(house.port, 'bad')).withCookie()).status).toBeGreaterThanOrEqual(400);
  expect(house.kept.size).toBe(0);
});

it('a workspace that uninstalls is forgotten', async () => {
  await using house = await aSlackHouse('oauth');
  const { slack, adapter } = house;
  await (await install(house.port, 'good')).withCookie();
  await slack.event({ type: 'app_uninstalled' });
  await slack.until(() => house.kept.size === 0);
  const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
  const target = { kind: 'channel', workspace: slack.team, channel: house.news, name: 'kabar' } as const;
  expect((await adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('refused');
  expect(adapter.health().well).toBe(true);
});

it('a token is used for its own workspace only', async () => {
  await using house = await aSlackHouse();
  const view = { title: 'x', tone: 'plain', blocks: [], controls: [] } as const;
  const target = { kind: 'channel', workspace: 'T9', channel: house.news, name: 'kabar' } as const;
  expect((await house.adapter.send({ nonce: '1', target, view, previous: null })).kind).toBe('refused');
  expect(house.slack.calls).not.toContain('chat.postMessage');
});
