import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import type { FaultPlan } from '../wire/slack/faults.ts';
import { aSlackApp } from './app.ts';

type App = Awaited<ReturnType<typeof aSlackApp>>;

const PAGE = '<!DOCTYPE html><html><body>Slack is briefly unavailable</body></html>';
const deliveries = ({ store }: App) => {
  const { deliveries: d } = store.tables;
  return store.read.select().from(d).orderBy(asc(d.seq));
};

describe('X: what Slack answers oddly is no verdict', () => {
  it.each<[string, FaultPlan, RegExp]>([
    ['X1: a page with status 200', { body: PAGE }, /^Slack answered no JSON$/],
    ['X1: a page with status 503', { body: PAGE, status: 503 }, /^Slack HTTP 503$/],
    ['X2: a 429 without seconds', { status: 429, retryAfter: null }, /^rate limit/],
    ['X2: a 429 with a date', { status: 429, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' }, /^rate limit/],
    ['X3: a 200 without an id', { body: '{"ok":true}' }, /^Slack named no message$/],
  ])('%s: the message waits, and nobody is told', async (_, fault, reason) => {
    await using app = await aSlackApp();
    const { slack, ana, news, say, setUp } = app;
    await setUp();
    const spoilt = slack.fail({ ...fault, method: 'chat.postMessage', channel: news.id });
    await say(ana, 'activity log Gladi');
    await slack.until(() => spoilt.hits === 1);
    const row = await until(async () => (await deliveries(app)).find(one => one.reason), 'the reason');
    expect(row).toMatchObject({ state: 'pending', reason: expect.stringMatching(reason) });
    expect(slack.directMessages(ana)).toEqual([]);
    expect(await deliveries(app)).toHaveLength(1);
  });
});

describe('X4, S21: Slack replaces its socket', () => {
  it('and what is said in between is acknowledged and carried out', async () => {
    await using app = await aSlackApp();
    const { slack, ana, say, setUp } = app;
    await setUp();
    slack.socket.disconnect('warning');
    const said = ['Satu', 'Dua', 'Tiga'].map(title => say(ana, `activity log ${title}`));
    for (const one of await Promise.all(said)) expect([one.problem, one.text]).toEqual([null, expect.any(String)]);
    await slack.until(() => slack.socket.greeted === 2);
    expect((await say(ana, 'activity list')).text).toContain('Tiga');
    expect(app.logged).toEqual([]);
  });

  it('and an act that is under way is acknowledged over the old one', async () => {
    await using app = await aSlackApp();
    const { slack, store, ana, send, setUp } = app;
    await setUp();
    let release = (): void => {};
    const held = store.write(null, () => new Promise<void>(done => (release = done)));
    const asked = send(ana, 'activity log Gladi');
    slack.socket.disconnect('refresh_requested');
    await slack.until(() => slack.socket.greeted === 2);
    release();
    await held;
    expect((await asked.answered()).text).toContain('K-1');
  });
});
