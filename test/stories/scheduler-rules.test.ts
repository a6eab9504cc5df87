import { describe, expect, it } from 'vitest';
import { claim } from '../../src/delivery/claims.ts';
import { enqueue } from '../../src/delivery/outbox.ts';
import { plan, planned } from '../../src/schedule/occurrences.ts';
import { type Handlers, runDue } from '../../src/schedule/run.ts';
import { databases } from '../databases.ts';
import { recorderAt } from '../delivery/letters.ts';
import { aWorld, START } from '../world.ts';
import { sentIn } from './replay.ts';

type World = Awaited<ReturnType<typeof aWorld>>;

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add A sector:government',
  '/partner assign ani partner:A role:representative',
  '/digest schedule "0 8 1 1 *"',
] as const;
const MONTHLY = '/indicator add Gladi frequency:monthly partner:A';
const DAY = 86_400_000;

const forumOf = async (world: World): Promise<string> =>
  (await world.store.read.select().from(world.store.tables.forums))[0]!.id;

/** Runs what is due with handlers of the test's own. */
const run = ({ store }: World, handlers: Handlers, now: Date): Promise<number> => {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return runDue({ store, clock: { now: () => now }, ids: { next: () => 'x' }, log, handlers });
};

const remindersTo = (posts: readonly { to: string; text: string }[], who: string): string[] =>
  posts.filter(post => post.to === who).map(post => post.text);

// R3 is played in outage.test.ts, R9 in schedule/calendar.test.ts, R10 in delivery/fallback.test.ts.
describe.each(databases)('rules of the scheduler on $name', ({ open }) => {
  it('R1: what falls due and what is sent are rows with keys: planned and posted twice, they are there once', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const forumId = await forumOf(world);
    const { occurrences, deliveries } = world.store.tables;
    const count = async (): Promise<number[]> => [
      (await world.store.read.select().from(occurrences)).filter(row => row.kind === 'digest').length,
      (await world.store.read.select().from(deliveries)).filter(row => row.topic === 'digest').length,
    ];
    const before = await count();
    const letter = { topic: { kind: 'digest', subject: 'x' }, to: { purpose: 'coordinators' as const }, due: START };
    for (let time = 0; time < 2; time++)
      await world.store.write(forumId, async tx => {
        await plan(tx, forumId, planned('digest', 'x', new Date(START.getTime() + DAY)));
        await enqueue(tx, forumId, { ...letter, occurrence: 'o' });
      });
    expect(await count()).toEqual(before.map(n => n + 1));
  });

  it('R2: the timer only wakes: early nothing happens, twice it happens once, and what comes next is planned with it', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const forumId = await forumOf(world);
    const due = new Date(START.getTime() + DAY);
    await world.store.write(forumId, tx => plan(tx, forumId, planned('x', '1', due)));
    let times = 0;
    const handlers: Handlers = {
      x: {
        windowMs: DAY,
        async run({ tx }) {
          times++;
          await plan(tx, forumId, planned('x', String(times + 1), new Date(due.getTime() + times * DAY)));
          return 'done';
        },
      },
    };
    const passes = [-1, 0, 0, 1, DAY].map(ms => new Date(due.getTime() + ms));
    const done: number[] = [];
    for (const now of passes) done.push(await run(world, handlers, now));
    expect(done).toEqual([0, 1, 0, 0, 1]);
  });

  it('R4: late by more than a quarter of an hour says so, and is about the period it was meant for', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, MONTHLY, ':skip 6d');
    // The day itself is 10 December; the bot comes back on the 12th at ten, in the middle of another period.
    const up = await aWorld({ store, start: new Date('2026-12-12T03:00:00Z') });
    const [said] = remindersTo((await up.run('#')).posts, '@ani');
    expect(said).toContain('Terlambat 2 hari');
    expect(said).toContain('seharusnya 10 Des 2026 09.00 WIB');
    expect(said).toContain('2026-11: terlambat, tenggat 10 Desember 2026');
    expect(said).not.toContain('2026-12');
  });

  it('R4: a survey of a quarter that is nearly over is missed; that of the next one comes', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, '/forum settings pulse:yes');
    const surveys = async () =>
      (await store.read.select().from(store.tables.occurrences))
        .filter(one => one.kind === 'pulse_opens')
        .map(one => `${one.subject} ${one.state}`)
        .sort();
    expect(await surveys()).toEqual(['2027-01-04 pending']);
    const up = await aWorld({ store, start: new Date('2027-03-15T03:00:00Z') });
    await up.run('#');
    expect(await surveys()).toEqual(['2027-01-04 missed', '2027-04-01 pending']);
    await up.run(':skip 20d');
    expect((await surveys())[1]).toBe('2027-04-01 done');
  });

  it('R4: a quarter of an hour is not worth a word', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, MONTHLY);
    const up = await aWorld({ store, start: new Date('2026-12-01T02:15:00Z') });
    const [said] = remindersTo((await up.run('#')).posts, '@ani');
    expect(said).not.toContain('Terlambat');
  });

  it('R5: state is looked at again when it is sent; what is needless is suppressed, with the reason, and costs no try', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, MONTHLY);
    const forumId = await forumOf(world);
    // In the outbox, but not sent yet, when the report is made.
    const due = new Date('2026-12-01T02:00:00Z');
    const letter = { topic: { kind: 'reports_due', subject: 'x' }, to: { member: 2 }, due, occurrence: 'o' };
    await store.write(forumId, tx => enqueue(tx, forumId, letter));
    await world.all('@ani /indicator report N-1 value:1 period:nov', ':skip 8d');
    const { deliveries } = store.tables;
    const row = (await store.read.select().from(deliveries)).find(one => one.subject === 'x')!;
    expect([row.state, row.reason, row.startedAt]).toEqual(['suppressed', 'nothing is owed, or it was put off', null]);
  });

  it('R6: a new schedule counts from when it is set: nothing of the old one comes, nothing of the past is made up', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/digest schedule "0 8 * * *" empty:yes', ':skip 2d', '/digest schedule "0 10 * * *"');
    await world.all(':skip 2d');
    expect(await sentIn(world.store, 'Asia/Jakarta', ['digest'])).toEqual([
      '2026-11-25 08:00 #koor digest',
      '2026-11-26 08:00 #koor digest',
      '2026-11-26 10:00 #koor digest',
      '2026-11-27 10:00 #koor digest',
    ]);
  });

  it('R7: whoever lost the lease changes nothing: the claim is the fence', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const { store } = world;
    const forumId = await forumOf(world);
    const letter = { topic: { kind: 'digest', subject: 'x' }, to: { member: 1 }, due: START, occurrence: 'o' };
    await store.write(forumId, tx => enqueue(tx, forumId, letter));
    const [mine] = await claim(store, START, 10);
    const afterLease = new Date(START.getTime() + 61_000);
    const [theirs] = await claim(store, afterLease, 10);
    expect(await recorderAt(store, afterLease).begin(mine!)).toBe(false);
    expect(await recorderAt(store, afterLease).settle({ delivery: mine!, outcome: { kind: 'sent', post: null } })).toBe(
      false,
    );
    expect(await recorderAt(store, afterLease).begin(theirs!)).toBe(true);
    expect(
      await recorderAt(store, afterLease).settle({ delivery: theirs!, outcome: { kind: 'sent', post: null } }),
    ).toBe(true);
  });

  it('R8: a reminder waits for a person’s quiet hours in their own zone, and then is not late', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/forum settings timezone:WIT',
      '@ani /me timezone WIB',
      '@ani /me quiet from:20.00 to:08.30',
      MONTHLY,
    );
    // Nine in Jayapura is seven in Jakarta: Ani is left alone until half past eight.
    const { posts } = await world.run(':skip 8d');
    expect(await sentIn(world.store, 'Asia/Jakarta', ['reports_due'])).toEqual(['2026-12-01 08:30 @ani reports_due']);
    expect(remindersTo(posts, '@ani')[0]).not.toContain('Terlambat');
    expect((await world.run('@ani /me show')).text).toMatch(/Jam tenang\W+20:00–08:30/);
  });

  it('R8: quiet hours of the forum hold reminders back, but no vote and no digest', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/forum settings quiet_from:06.00 quiet_to:11.00',
      '/digest schedule "0 8 * * *" empty:yes',
      MONTHLY,
      ':skip 8d',
    );
    const sent = await sentIn(world.store, 'Asia/Jakarta', ['reports_due', 'digest']);
    expect(sent.filter(line => line.startsWith('2026-12-01'))).toEqual([
      '2026-12-01 08:00 #koor digest',
      '2026-12-01 11:00 @ani reports_due',
    ]);
  });

  it.each([
    ['next', '2026-12-28 08:00 #koor digest'],
    ['previous', '2026-12-23 08:00 #koor digest'],
    ['keep', '2026-12-25 08:00 #koor digest'],
    ['skip', '2027-01-25 08:00 #koor digest'],
  ])('R8: a digest on a holiday goes by the rule "%s"', async (rule, first) => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, `/digest schedule "0 8 25 12,1 *" empty:yes holidays:${rule}`, ':skip 9w');
    expect((await sentIn(world.store, 'Asia/Jakarta', ['digest']))[0]).toBe(first);
  });

  it('R11, Y7: reminders that an outage heaped up are one message to each person', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, MONTHLY, '/indicator add Pompa frequency:monthly partner:A due_days:12', ':skip 6d');
    const up = await aWorld({ store, start: new Date('2026-12-12T00:00:00Z') });
    const said = remindersTo((await up.run('#')).posts, '@ani');
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('2 laporan menunggu Anda');
  });

  it('R13: the next five are shown when a schedule is set, shown, or let go on', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, MONTHLY);
    const times = (text: string): string[] => text.match(/\d+ \w{3} 202\d \d\d\.\d\d WIB/g) ?? [];
    const five = ['30 Nov', '7 Des', '14 Des', '21 Des', '28 Des'].map(day => `${day} 2026 08.00 WIB`);
    expect(times((await world.run('/digest schedule "0 8 * * 1"')).text)).toEqual(five);
    expect(times((await world.run('/digest show')).text)).toEqual(five);
    expect(times((await world.run('/reminder list')).text).length).toBeGreaterThanOrEqual(5);
    await world.all('/reminder pause');
    expect(times((await world.run('/reminder resume')).text)).toHaveLength(5);
  });

  it('an escalation that an outage held up is made up for even when a later reminder is due', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...FORUM, MONTHLY, ':skip 20d');
    // 17 December (escalation) and 24 December (two weeks after) both fell due.
    const up = await aWorld({ store, start: new Date('2026-12-24T03:00:00Z') });
    const posts = (await up.run('#')).posts.map(post => post.to).sort();
    expect(posts).toEqual(['#koor', '@ani']);
  });
});
