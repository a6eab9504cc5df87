import { describe, expect, it } from 'vitest';
import { periodsBetween } from '../../src/domain/indicators/periods.ts';
import { addIndicator } from '../../src/domain/indicators/store.ts';
import { databases } from '../databases.ts';
import { statementsOf } from '../statements.ts';
import { aWorld, START } from '../world.ts';

/** Weekly periods until the one before the day on which the stories begin. */
const weeks = (n: number): string[] =>
  periodsBetween('2014-01-01', '2026-11-22', 'weekly')
    .slice(-n)
    .map(one => one.key);

/** Maximum number of times that the bot asks the same by itself meanwhile, as after the health of its platforms. */
const BY_ITSELF = 10;

/** The statements that were run more often than before, by more than chance. */
const grown = (few: ReadonlyMap<string, number>, many: ReadonlyMap<string, number>): string[] =>
  [...many].filter(([source, n]) => n > (few.get(source) ?? 0) + BY_ITSELF).map(([source, n]) => `${n} × ${source}`);

const AGREED = {
  goal: null,
  unit: 'orang',
  direction: 'up',
  baseline: '0',
  baselineDate: '2014-01-01',
  baselineSource: null,
  target: '100000',
  due: '2026-12-31',
  frequency: 'weekly',
  valueKind: 'flow',
  aggregate: 'sum',
  span: 'course',
  partnersAggregate: 'sum',
  definition: null,
  scale: null,
  green: 90,
  amber: 70,
  dueDays: 10,
  lockDays: 30,
  needsProof: false,
  createdBy: 1,
} as const;

/** A forum with so many indicators of two partners, each reported for so many weeks, the newest ones still owed. */
async function aForum(open: (typeof databases)[number]['open'], indicators: number, periods: number) {
  const world = await aWorld({ store: await open() });
  await world.all(
    '/forum setup "Forum Uji" locale:english announce:news coordinators:coord issues:issues',
    '/partner add BPBD sector:government',
    '/partner add Lumbung sector:ngo',
    '/partner assign sari partner:BPBD role:representative',
    '/partner assign joko partner:Lumbung role:representative',
  );
  const { store } = world;
  const [forum] = await store.read.select().from(store.tables.forums);
  const forumId = forum!.id;
  const createdAt = new Date('2014-01-01T01:00:00Z');
  await store.write(forumId, async tx => {
    for (let i = 1; i <= indicators; i++)
      await addIndicator(tx, forumId, { ...AGREED, name: `Warga ${i}` }, [1, 2], {
        now: createdAt,
        today: '2014-01-01',
      });
    const rows = Array.from({ length: indicators }, (_, i) =>
      weeks(periods).map((period, at) => ({
        forumId,
        indicator: i + 1,
        period,
        partner: 1,
        kind: 'value' as const,
        value: String(at + 1),
        onTime: true,
        reportedBy: 1,
        reportedAt: new Date(START.getTime() - 3_600_000),
        state: 'submitted' as const,
        inForce: true,
      })),
    ).flat();
    for (let i = 0; i < rows.length; i += 250) await tx.insert(tx.tables.reports).values(rows.slice(i, i + 250));
  });
  const cost = async (line: string) => (await statementsOf(() => world.all(line))).statements;
  return { ...world, cost };
}

/** A forum with so many partners, each of which came to activities, made promises and reports an indicator. */
async function withPartners(open: (typeof databases)[number]['open'], partners: number) {
  const world = await aForum(open, 1, 4);
  const { store } = world;
  const [forum] = await store.read.select().from(store.tables.forums);
  const forumId = forum!.id;
  const numbers = Array.from({ length: partners - 2 }, (_, i) => i + 3);
  await world.all(
    '/agreement record "Kesepakatan" partners:BPBD',
    ...[1, 2, 3].map(n => `/activity log "Gladi ${n}" partners:BPBD`),
  );
  await store.write(forumId, async tx => {
    const { partners: p, indicatorPartners, attendances, actions, agreementParties } = tx.tables;
    const joined = { forumId, sector: 'ngo' as const, createdAt: new Date('2014-01-01T01:00:00Z') };
    await tx.insert(p).values(numbers.map(n => ({ ...joined, number: n, name: `Mitra ${n}`, folded: `mitra ${n}` })));
    await tx.insert(indicatorPartners).values(numbers.map(partner => ({ forumId, indicator: 1, partner })));
    await tx.insert(agreementParties).values(numbers.map(partner => ({ forumId, agreement: 1, partner })));
    for (const activity of [1, 2, 3])
      await tx
        .insert(attendances)
        .values(numbers.map(partner => ({ forumId, activity, partner, came: partner % 2 === 0 })));
    await tx.insert(actions).values(
      numbers.map(n => ({
        ...{
          forumId,
          number: n,
          title: 'Pompa',
          folded: 'pompa',
          origin: 'agreement' as const,
          originNumber: 1,
          item: n,
        },
        ...{ isPrivate: false, partner: n, due: '2026-10-01', createdBy: 1, createdAt: START },
      })),
    );
  });
  return world;
}

/** Acts that look at all indicators of a forum. The rows of a report are read in pages of 500, and these are fewer. */
const ACTS = [
  '/indicator list',
  '/indicator due',
  '/me tasks',
  '/digest now',
  '/report 2026-11',
  '/report 2026-11 format:iati',
  '/partnership score',
] as const;

describe.each(databases)('statements on $name', ({ open }) => {
  it('one indicator costs the same with 5 and with 500 reported periods', async () => {
    await using few = await aForum(open, 1, 5);
    await using many = await aForum(open, 1, 500);
    for (const line of ['/indicator show N-1', '/indicator list', '/indicator due', '/digest now']) {
      const before = await few.cost(line);
      expect([line, grown(before, await many.cost(line))]).toEqual([line, []]);
      expect(before.size, line).toBeGreaterThan(3);
    }
  });

  it('100 indicators cost what 2 do: list, what is due, tasks, digest, report, score', async () => {
    await using few = await aForum(open, 2, 4);
    await using many = await aForum(open, 100, 4);
    for (const line of ACTS) {
      const before = await few.cost(line);
      expect([line, grown(before, await many.cost(line))]).toEqual([line, []]);
      expect(before.size, line).toBeGreaterThan(3);
    }
  });

  it('Y10, W15: 150 partners cost what 3 do: score, digest, map', async () => {
    await using few = await withPartners(open, 3);
    await using many = await withPartners(open, 150);
    for (const line of ['/partnership score', '/digest now', '/partner map', '/partnership score partner:M-3']) {
      const before = await few.cost(line);
      expect([line, grown(before, await many.cost(line))]).toEqual([line, []]);
      expect(before.size, line).toBeGreaterThan(3);
    }
  });

  it('what grows is found', async () => {
    await using world = await aForum(open, 2, 1);
    const { indicators } = world.store.tables;
    const asked = async (times: number) => {
      const { statements } = await statementsOf(async () => {
        for (let i = 0; i < times; i++) await world.store.read.select({ number: indicators.number }).from(indicators);
      });
      return statements;
    };
    expect(grown(await asked(2), await asked(100))).toEqual([expect.stringMatching(/^100 × select "number"/)]);
  });
});
