import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plan, planned } from '../../src/schedule/occurrences.ts';
import { type Handlers, runDue } from '../../src/schedule/run.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';
import { endedIn, sentIn } from './replay.ts';

type World = Awaited<ReturnType<typeof aWorld>>;

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add A sector:government',
  '/partner add B sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
] as const;
const QUIET = '/digest schedule "0 8 1 1 *"';
const MONTHLY = '/indicator add Gladi frequency:monthly partner:"A, B"';
const ZONE = 'Asia/Jakarta';
const DAY = 86_400_000;

const runWith = ({ store }: World, handlers: Handlers, now: Date): Promise<number> => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return runDue({ store, clock: { now: () => now }, ids: { next: () => 'x' }, log, handlers });
};

const forumOf = async (world: World): Promise<string> =>
  (await world.store.read.select().from(world.store.tables.forums))[0]!.id;

/** Every source file of the program. */
const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(join(folder, name), 'utf8'));

// P8 (the local date of the zone, not of the server) is in schedule/calendar.test.ts, P19 (a person who cannot be sent
// direct messages) in delivery/fallback.test.ts, P12 (two processes) also in domain/strategies/concurrent.test.ts.
describe.each(databases)('a pitfall of reminders is avoided on $name:', ({ open }) => {
  it('P1: what is overdue is said after the deadline, never before', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, QUIET, MONTHLY, ':skip 40d');
    const sent = await sentIn(world.store, ZONE, ['reports_due', 'reports_overdue']);
    expect(sent.filter(line => line.endsWith('reports_overdue')).map(line => line.slice(0, 10))).toEqual([
      '2026-12-17',
    ]);
    expect(sent.filter(line => line.includes('@ani')).map(line => line.slice(0, 10))).toEqual([
      '2026-12-01',
      '2026-12-09',
      '2026-12-10',
      '2026-12-13',
      '2026-12-24',
      // Seven working days before: 1 and 5 January 2027 are days off.
      '2026-12-29',
    ]);
  });

  it.each(['00:05', '02:00', '08:59', '23:55'])(
    'P2, P7: the hour at which the bot looks moves no day, and no minute has to be hit (%s)',
    async time => {
      const store = await open();
      await using world = await aWorld({ store });
      await world.all(...FORUM, QUIET, MONTHLY);
      // Started anew each day at that hour, it says each step once, on its day or the morning after.
      for (let day = 25; day <= 30 + 12; day++) {
        const date = new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10);
        await (await aWorld({ store, start: new Date(`${date}T${time}:00+07:00`) })).run('#');
      }
      const sent = await sentIn(store, ZONE, ['reports_due']);
      const steps = sent.filter(line => line.includes('@ani')).map(line => line.slice(0, 10));
      expect(steps).toEqual(['2026-12-01', '2026-12-09', '2026-12-10']);
    },
  );

  it('P3: only those are reminded who have not reported, each once', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, QUIET, MONTHLY, '@ani /indicator report N-1 value:3 period:nov');
    const { posts } = await world.run(':skip 8d');
    expect(posts.map(post => post.to)).toEqual(['@budi']);
  });

  it('P4: a reminder that had to wait is not lost and not counted: whatever the hour, it comes', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, QUIET, MONTHLY);
    for (const [from, to] of [
      ['08.00', '10.00'],
      ['09.00', '17.00'],
      ['20.00', '09.30'],
    ])
      await world.all(`@ani /me quiet from:${from} to:${to}`, ':skip 1h');
    await world.all(':skip 17d');
    const sent = await sentIn(world.store, ZONE, ['reports_due']);
    expect(sent.filter(line => line.includes('@ani'))).toEqual([
      '2026-12-01 09:30 @ani reports_due',
      '2026-12-09 09:30 @ani reports_due',
      '2026-12-10 09:30 @ani reports_due',
    ]);
  });

  it('P5: each digest begins where the last one ended, also after restarts at odd times', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, '/digest schedule "0 */6 * * *" empty:yes confirm:yes');
    let at = START.getTime();
    for (const hours of [7, 5, 13, 1, 30, 11]) {
      at += hours * 3_600_000 + 7 * 60_000;
      await (await aWorld({ store, start: new Date(at) })).run('#');
    }
    const { deliveries } = store.tables;
    const spans = (await store.read.select().from(deliveries))
      .filter(row => row.topic === 'digest')
      .map(row => row.subject.split('/'));
    expect(spans.length).toBeGreaterThan(4);
    for (const [n, [from]] of spans.slice(1).entries()) expect(from).toBe(spans[n]![1]);
  });

  it('P6: one that fails stops no other, and is tried again', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const forumId = await forumOf(world);
    await world.store.write(forumId, tx =>
      plan(tx, forumId, ...['1', '2', '3'].map(subject => planned('x', subject, START))),
    );
    const done: string[] = [];
    let broken = true;
    const handlers: Handlers = {
      x: {
        windowMs: DAY,
        async run({ occurrence }) {
          if (occurrence.subject === '1' && broken) throw new Error('broken');
          done.push(occurrence.subject);
          return 'done';
        },
      },
    };
    await runWith(world, handlers, START);
    broken = false;
    await runWith(world, handlers, new Date(START.getTime() + 60_000));
    expect(done).toEqual(['2', '3', '1']);
  });

  it('P9: nothing outside has to wake it, and when it last looked is shown', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/strategy propose Sirene rationale:x closes:3d', ':skip 4d');
    expect((await world.run('/strategy show S-1')).text).toContain('tidak kuorum');
    expect((await world.run('/forum show')).text).toContain('Jadwal terakhir diperiksa');
  });

  it('P10: what recurs is armed again while the bot stays up, and a restart forgets none', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, '/digest schedule "0 8 * * *" empty:yes', ':skip 3d');
    const again = await aWorld({ store, start: world.clock.now() });
    await again.run(':skip 3d');
    expect((await sentIn(store, ZONE, ['digest'])).map(line => line.slice(0, 10))).toEqual(
      [25, 26, 27, 28, 29, 30].map(day => `2026-11-${day}`),
    );
  });

  it('P11: after a month away there is neither a storm nor silence: one digest, and the others are recorded', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, '/digest schedule "0 8 * * *" empty:yes holidays:keep');
    const up = await aWorld({ store, start: new Date('2026-12-24T02:00:00Z') });
    expect((await up.run('#')).posts.map(post => post.to)).toEqual(['#koor']);
    expect((await endedIn(store, ZONE, ['missed'])).filter(line => line.includes('digest'))).toHaveLength(29);
    expect((await up.run('/reminder list')).text).toContain('terlewat 29');
  });

  it('P12: two that look at the same time do each thing once', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, QUIET, MONTHLY);
    const start = new Date('2026-12-01T02:00:00Z');
    const two = await Promise.all([aWorld({ store, start }), aWorld({ store, start })]);
    const said = await Promise.all(two.map(one => one.run('#')));
    expect(said.flatMap(one => one.posts.map(post => post.to)).sort()).toEqual(['@ani', '@budi']);
  });

  it('P13: a report that is returned is said at once, to whoever made it; lists in channels name nobody with @', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, QUIET, MONTHLY, '@ani /indicator report N-1 value:3 period:okt');
    const { posts } = await world.run('/indicator return N-1 period:okt partner:A reason:"L + P"');
    expect(posts.map(post => post.to)).toEqual(['@ani']);
    const later = (await world.run(':skip 40d')).posts.filter(post => post.to.startsWith('#'));
    expect(later.length).toBeGreaterThan(0);
    for (const post of later) expect(post.text).not.toMatch(/@\w/);
  });

  it('P14: nobody is told of what they did themselves, nor of what is over', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, QUIET, '/issue raise Pompa');
    expect((await world.run('@ani /issue assign I-1 member:ani')).posts.filter(post => post.to === '@ani')).toEqual([]);
    await world.all('@ani /issue resolve I-1 resolution:beres', '/strategy propose X rationale:y closes:3d');
    await world.all('@ani /strategy vote S-1 agree', '@budi /strategy vote S-1 agree');
    expect((await world.run(':skip 4d')).posts.filter(post => post.to.startsWith('@'))).toEqual([]);
  });

  it('P15: a partner sees its own measures and no table of ranks', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, QUIET);
    const { text } = await world.run('@ani /partnership score');
    expect(text).toContain('A');
    expect(text).not.toMatch(/\bB\b/);
  });

  it('P18, P20: percentages add up by their parts, and a count that should fall shows how far it has fallen', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/indicator add Terjangkau unit:% target:80 partner:"A, B"',
      '@ani /indicator report N-1 numerator:9 denominator:10 confirm:yes',
      '@budi /indicator report N-1 numerator:0 denominator:90 confirm:yes',
      '/indicator add Sampah unit:kg direction:down baseline:5,9 target:4,1 due:31/12/2026 frequency:monthly partner:A',
      '/indicator target N-2 value:4,6 period:okt',
      '@ani /indicator report N-2 value:4,7 period:okt',
    );
    expect((await world.run('/indicator show N-1')).text).toContain('9%');
    expect((await world.run('/indicator show N-2')).text).toContain('● hijau 92,3%');
  });
});

it('P17: no reminder is left to a platform’s own scheduler, which cannot look at the state again', () => {
  const calls = ['src', 'adapters', 'commands']
    .flatMap(sources)
    .filter(text => /scheduleMessage|reminders\.add/.test(text));
  expect(calls).toEqual([]);
});
