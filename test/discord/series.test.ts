import { describe, expect, it } from 'vitest';
import { ruleOf } from '../../adapters/discord/events.ts';
import { UNLIMITED } from '../unlimited.ts';
import type { JsonObject } from '../wire/discord/json.ts';
import { aDiscordApp } from './app.ts';

type App = Awaited<ReturnType<typeof aDiscordApp>>;

const DAY_MS = 86_400_000;

async function withSeries(app: App, repeat: string): Promise<void> {
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  await app.say('activity', 'plan', { title: 'Rapat', repeat });
}
const events = ({ discord, guild }: App) => discord.events(guild) as (JsonObject & { name: string; status: number })[];

/** Looks for an event, with an act between two looks: each act has the bot look for what is due. */
async function one(app: App, what: (event: JsonObject & { name: string }) => unknown) {
  for (let n = 0; n < 400; n++) {
    const found = events(app).find(event => what(event));
    if (found) return found;
    app.clock.skip(100);
    await app.say('me', 'show');
  }
  throw new Error(`no such event among ${JSON.stringify(events(app))}`);
}

/** Sets the clock on, and has the bot look at once for what is due. */
async function pass(app: App, ms: number): Promise<void> {
  app.clock.skip(ms);
  await app.say('me', 'show');
}

describe('a series in the calendar of a server', () => {
  it('is one event that repeats as the series does, moves on, and loses its rule where one is moved', async () => {
    await using app = await aDiscordApp({ fairUse: UNLIMITED });
    await withSeries(app, 'setiap Senin pertama 09.00-11.00');
    const event = await one(app, Boolean);
    expect(event).toMatchObject({
      name: 'K-1 Rapat',
      scheduled_start_time: '2026-12-07T02:00:00.000Z',
      scheduled_end_time: '2026-12-07T04:00:00.000Z',
      recurrence_rule: { frequency: 1, interval: 1, by_n_weekday: [{ n: 1, day: 0 }] },
    });
    await app.say('activity', 'move', { activity: 'K-2', date: '6/1/2027' });
    await one(app, found => found.recurrence_rule === null);
    await pass(app, 14 * DAY_MS);
    await one(app, found => found.name === 'K-2 Rapat' && found.scheduled_start_time === '2027-01-06T02:00:00.000Z');
    // The one that was moved is over: all that comes is as the rule has it again.
    await pass(app, 30 * DAY_MS);
    await one(app, found => found.name === 'K-3 Rapat' && found.recurrence_rule !== null);
    await app.say('activity', 'cancel', { activity: 'K-3', reason: 'Selesai', which: 'following' });
    await one(app, found => found.status === 4);
    expect(events(app)).toHaveLength(1);
    expect([app.discord.failures, app.logged]).toEqual([[], []]);
  });

  it('in the early morning repeats on the day that it has in UTC', async () => {
    await using app = await aDiscordApp({ fairUse: UNLIMITED });
    await withSeries(app, 'setiap Senin 06.00');
    const event = await one(app, Boolean);
    expect(event).toMatchObject({
      scheduled_start_time: '2026-11-29T23:00:00.000Z',
      recurrence_rule: { frequency: 2, interval: 1, by_weekday: [6] },
    });
  });

  it('W29: is made once where Discord took it and nobody heard of it', async () => {
    await using app = await aDiscordApp({ fairUse: UNLIMITED });
    app.discord.fail({ method: 'POST', route: '/guilds/:guild/scheduled-events', status: 500, after: true });
    await withSeries(app, 'setiap hari kerja 13.00');
    await one(app, Boolean);
    await app.discord.until(
      () =>
        app.discord.requests.some(call => call.route === '/guilds/:guild/scheduled-events' && call.method === 'GET'),
      'the second try',
    );
    for (let n = 0; n < 20; n++) await pass(app, 10_000);
    expect(events(app)).toHaveLength(1);
  });

  it('is left out where it was cancelled before Discord could be reached', async () => {
    await using app = await aDiscordApp({ fairUse: UNLIMITED });
    // The client asks four times before it gives up.
    const fault = app.discord.fail({ route: '/guilds/:guild/scheduled-events', status: 500, times: 4 });
    await withSeries(app, 'setiap Senin 09.00 3 kali');
    await app.say('activity', 'cancel', { activity: 'K-1', reason: 'x', which: 'following' });
    await app.discord.until(() => fault.hits === 4, 'the tries');
    for (let n = 0; n < 20; n++) await pass(app, 60_000);
    expect(events(app)).toEqual([]);
  });
});

describe('an entry that has begun', () => {
  it('keeps its start where it is changed, and is not made any more', async () => {
    await using app = await aDiscordApp({ fairUse: UNLIMITED });
    await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
    await app.say('activity', 'plan', { title: 'Gladi', date: '24/11/2026 10.00-12.00', location: 'Balai' });
    await one(app, Boolean);
    await pass(app, 3 * 3_600_000);
    await app.say('activity', 'edit', { activity: 'K-1', location: 'Lapangan' });
    const moved = await one(app, found => JSON.stringify(found.entity_metadata).includes('Lapangan'));
    expect(moved.scheduled_start_time).toBe('2026-11-24T03:00:00.000Z');
    await app.say('activity', 'plan', { title: 'Hari ini', date: '24/11/2026' });
    await app.say('activity', 'cancel', { activity: 'K-1', reason: 'x' });
    await one(app, found => found.status === 4);
    // Discord changes no event that was cancelled: what takes place after all is a new one.
    await app.say('activity', 'plan', { title: 'Besok', date: '25/11/2026' });
    await one(app, found => found.name === 'K-3 Besok');
    expect(events(app).map(found => found.name)).toEqual(['K-1 Gladi', 'K-3 Besok']);
    expect([app.discord.failures, app.logged]).toEqual([[], []]);
  });
});

it('W29: an event that a moderator deleted is made anew, and one that runs ends where Discord cancels none', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  await app.say('activity', 'plan', { title: 'Gladi', date: '2036-05-20', location: 'Balai' });
  await one(app, Boolean);
  const all = () => [...app.discord.world.events.values()];
  all()[0]!.deleted = true;
  await app.say('activity', 'edit', { activity: 'K-1', location: 'Lapangan' });
  await one(app, found => JSON.stringify(found.entity_metadata).includes('Lapangan'));
  expect(all()).toHaveLength(2);
  // Discord lets it begin by itself.
  all()[1]!.fields = { ...all()[1]!.fields, status: 2 };
  await app.say('activity', 'cancel', { activity: 'K-1', reason: 'Hujan' });
  await one(app, found => found.status === 3);
  expect(events(app)).toHaveLength(1);
  expect(app.discord.failures).toEqual([]);
});

it('a rule is said in UTC, or not at all', () => {
  const said = (rule: Parameters<typeof ruleOf>[0]['rule'], date: string, at: string) => {
    const found = ruleOf({ rule, date }, Date.parse(at));
    return found && { ...found, startAt: undefined };
  };
  const days = { every: 'week', interval: 1, days: [1, 2, 3, 4, 5] } as const;
  expect(said(days, '2026-12-01', '2026-11-30T22:00:00Z')).toMatchObject({ byWeekday: [6, 0, 1, 2, 3] });
  const first = { every: 'month', interval: 1, nth: 1, weekday: 1 } as const;
  expect(said(first, '2026-12-07', '2026-12-06T23:00:00Z')).toBeNull();
  expect(said(first, '2026-12-07', '2026-12-07T00:00:00Z')).toMatchObject({ byNWeekday: [{ n: 1, day: 0 }] });
  const year = (month: number, day: number) => ({ every: 'year', interval: 1, month, day }) as const;
  expect(said(year(5, 1), '2027-05-01', '2027-04-30T23:00:00Z')).toMatchObject({ byMonth: [4], byMonthDay: [30] });
  expect(said(year(3, 1), '2027-03-01', '2027-02-28T23:00:00Z')).toBeNull();
  expect(said({ ...days, interval: 2 }, '2026-12-01', '2026-12-01T02:00:00Z')).toBeNull();
});
