import { asc } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import type { FaultPlan } from '../wire/discord/faults.ts';
import { aDiscordApp } from './app.ts';

describe('X: what Discord answers oddly is no verdict', () => {
  it.each<[string, FaultPlan, RegExp]>([
    ['X2: a 429 without seconds', { status: 429, retryAfter: null }, /^rate limit$/],
    ['X2: a 429 with a date', { status: 429, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' }, /^rate limit$/],
    ['X3: a 200 without an id', { body: {} }, /^Discord named no message$/],
    ['X1: a page with status 200', { body: '<html></html>' }, /^TypeError$/],
  ])('%s: the message waits, and the rest goes out', async (_, fault, reason) => {
    await using app = await aDiscordApp();
    const { discord, store, news, channel, say } = app;
    await say('forum', 'setup', { name: 'Uji', announce: news, issues: channel });
    const spoilt = discord.fail({ ...fault, method: 'POST', route: `/channels/${news.id}/messages` });
    await say('activity', 'log', { title: 'Gladi' });
    await say('issue', 'raise', { title: 'Sirene rusak' });
    await discord.until(() => discord.messages(channel).length === 1, 'the other card');
    expect(readableText(discord.messages(channel)[0]!)).toContain('Sirene rusak');
    const { deliveries: d } = store.tables;
    // Both go out at once, each in its own lane.
    const first = await until(async () => {
      const [row] = await store.read.select().from(d).orderBy(asc(d.seq));
      return row!.reason !== null && row!;
    }, 'the record of the first');
    expect(first.state).toBe('pending');
    expect(first.reason).toMatch(reason);
    expect(spoilt.hits).toBe(1);
    expect(app.logged).toEqual([]);
  });
});
