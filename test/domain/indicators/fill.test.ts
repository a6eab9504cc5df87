import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { exportForum, forumsNamed } from '../../../src/cli/export.ts';
import { activityByNumber, addActivities, addActivity, changeActivity } from '../../../src/domain/activities.ts';
import { differing, figuresOf, type Wanted } from '../../../src/domain/indicators/drafts.ts';
import { type Fill, figureOf } from '../../../src/domain/indicators/fill.ts';
import { readLog } from '../../../src/domain/indicators/fill-log.ts';
import { periodStatuses } from '../../../src/domain/indicators/period-status.ts';
import { type Frequency, periodOf } from '../../../src/domain/indicators/periods.ts';
import { recordsOf } from '../../../src/domain/indicators/record.ts';
import type { Indicator } from '../../../src/domain/indicators/row.ts';
import { addIndicator, listIndicators } from '../../../src/domain/indicators/store.ts';
import { addReport } from '../../../src/domain/indicators/stored-reports.ts';
import type { Store } from '../../../src/storage/store.ts';
import { databases } from '../../databases.ts';
import { fc } from '../../properties.ts';
import { sized } from '../../sizes.ts';
import { statementsOf } from '../../statements.ts';
import { aWorld, START } from '../../world.ts';

const PARTNERS = [1, 2, 3];
const KINDS = ['training', 'drill', 'meeting'] as const;
const MEASURES = ['participants', 'women', 'men', 'age_60', 'activities', 'hours', 'locations', 'partners'] as const;
const AREAS = [null, '34.71 Yogyakarta', '34.71.03 Gondokusuman, Yogyakarta', '32.73 Bandung'];
const FREQUENCIES = ['weekly', 'monthly', 'quarterly'] as const satisfies readonly Frequency[];

const count = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null });
const day = fc.integer({ min: 0, max: 120 }).map(n => new Date(Date.UTC(2026, 6, 20 + n)).toISOString().slice(0, 10));

/** People of an activity: some said by group, perhaps more of them as a whole, perhaps nobody said anything. */
const people = fc
  .record({ women: count, men: count, age_60: count, more: count, isWhole: fc.boolean() })
  .map(({ women, men, age_60, more, isWhole }) => {
    const said = Object.entries({ women, men, age_60 }).filter((one): one is [string, number] => one[1] !== null);
    const least = Math.max((women ?? 0) + (men ?? 0), age_60 ?? 0);
    return {
      groups: said.length ? Object.fromEntries(said) : null,
      participants: isWhole && more !== null ? least + more : null,
    };
  });

const hours = fc.constantFrom(
  { time: null, until: null, endDays: 0 },
  { time: '08:00', until: '12:30', endDays: 0 },
  { time: '09:00', until: '16:00', endDays: 2 },
  { time: '20:00', until: '02:10', endDays: 1 },
  { time: '10:00', until: null, endDays: 0 },
);

const activity = fc.record({
  people,
  hours,
  date: day,
  kind: fc.constantFrom(...KINDS),
  state: fc.constantFrom('done', 'done', 'done', 'planned', 'cancelled', 'undone'),
  location: fc.constantFrom(null, 'Balai Warga', 'balai warga', 'Posko'),
  goal: fc.constantFrom(null, 1),
  area: fc.constantFrom(...AREAS),
  partners: fc.subarray(PARTNERS),
});

type Logged = typeof activity extends fc.Arbitrary<infer T> ? T : never;

const fill: fc.Arbitrary<Fill> = fc
  .tuple(
    fc.record({
      from: fc.constant('activities' as const),
      measure: fc.constantFrom<string>(...MEASURES),
      of: fc.constantFrom(null, null, ...KINDS),
      partner: fc.constantFrom(null, null, 1, 2),
      goal: fc.constantFrom(null, null, 1),
      area: fc.constantFrom(null, null, ...AREAS),
    }),
    fc.constantFrom<(string | undefined)[]>(undefined, undefined, 'participants', 'activities'),
  )
  .map(([one, per]) => (per === undefined || per === one.measure ? one : { ...one, per }));

/** Courses that an indicator measures: what took place in a period, or a running total with what it began with. */
const course = fc.constantFrom(
  { valueKind: 'flow', baseline: null, baselineDate: null, span: 'course' },
  { valueKind: 'flow', baseline: null, baselineDate: null, span: 'course' },
  { valueKind: 'cumulative', baseline: null, baselineDate: null, span: 'course' },
  { valueKind: 'cumulative', baseline: '0', baselineDate: '2026-08-15', span: 'course' },
  { valueKind: 'cumulative', baseline: '0', baselineDate: '2026-08-15', span: 'year' },
);

const after = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

const stored = (one: Logged, n: number) => ({
  ...{ title: `K ${n}`, kind: one.kind, date: one.date, location: one.location, goal: one.goal, area: one.area },
  ...one.people,
  ...{ time: one.hours.time, until: one.hours.until, zone: one.hours.time && 'Asia/Jakarta' },
  endDate: one.hours.endDays ? after(one.date, one.hours.endDays) : null,
  result: null,
});

type Row = Readonly<Record<string, string>>;

/** The exported record as another program reads it. */
async function exported(store: Store): Promise<(file: string) => Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fill-'));
  await exportForum(store, (await forumsNamed(store, 'Uji'))[0]!, folder);
  return file => parse(readFileSync(join(folder, `${file}.csv`), 'utf8'), { columns: true, bom: true });
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Counts what an exported activity counts for, each thing once: written from the documented rule alone. */
function countedOf(row: Row, partners: readonly number[], measure: string): [string, number][] {
  const groups: Record<string, number> = row.groups ? JSON.parse(row.groups) : {};
  const own = (n: number): [string, number][] => [[`K-${row.number}`, n]];
  if (measure === 'activities') return own(1);
  if (measure === 'locations') return row.location ? [[row.location.toLowerCase(), 1]] : [];
  if (measure === 'partners') return partners.map(one => [`M-${one}`, 1]);
  if (measure === 'participants')
    return own(
      row.participants
        ? Number(row.participants)
        : Math.max((groups.women ?? 0) + (groups.men ?? 0), groups.age_60 ?? 0),
    );
  if (measure !== 'hours') return own(groups[measure] ?? 0);
  if (!row.time || !row.until) return [];
  const nights = row.endDate ? Math.round((Date.parse(row.endDate) - Date.parse(row.date!)) / 86_400_000) : 0;
  const each = minutes(row.until) - minutes(row.time);
  return own((each > 0 ? each * (nights + 1) : (each + 1_440) * Math.max(1, nights)) / 60);
}

/** The time that is counted for a period, by the documented rule: a running total holds all since its baseline. */
function timeOf(
  how: { valueKind: string; baselineDate: string | null; span: string },
  period: { start: string; end: string },
) {
  if (how.valueKind !== 'cumulative') return period;
  const since = how.baselineDate ? after(how.baselineDate, 1) : '0000';
  const year = how.span === 'year' ? `${period.end.slice(0, 4)}-01-01` : '0000';
  return { start: since > year ? since : year, end: period.end };
}

/** Plain sums over exported rows: of one reporter (0: all), or of several together, each thing once; of a share in per cent. */
function recount(
  read: (file: string) => Row[],
  one: Fill,
  span: { start: string; end: string },
  of: readonly number[],
) {
  const involved = read('activityPartners');
  const counted = new Map<string, number>();
  const whole = new Map<string, number>();
  for (const row of read('activities')) {
    const partners = involved.filter(link => link.activity === row.number).map(link => Number(link.partner));
    const codes = (row.area ?? '').split('; ').map(area => area.split(' ')[0]!);
    const outer = one.area?.split(' ')[0];
    const isMeant =
      row.state === 'done' &&
      row.date! >= span.start &&
      row.date! <= span.end &&
      (of.includes(0) || of.some(partner => partners.includes(partner))) &&
      (one.of === null || row.kind === one.of) &&
      (one.partner === null || partners.includes(one.partner)) &&
      (one.goal === null || row.goal === String(one.goal)) &&
      (outer === undefined || codes.some(code => code === outer || code.startsWith(`${outer}.`)));
    if (!isMeant) continue;
    const [own, all] = [countedOf(row, partners, one.measure), one.per ? countedOf(row, partners, one.per) : []];
    if (one.per && !(isTold(row, partners, one.measure) && isTold(row, partners, one.per))) continue;
    for (const [key, n] of own) counted.set(key, n);
    for (const [key, n] of all) whole.set(key, n);
  }
  const added = (some: ReadonlyMap<string, number>): number => [...some.values()].reduce((sum, n) => sum + n, 0);
  return one.per ? (added(counted) / added(whole)) * 100 : added(counted);
}

/** Tells whether an exported activity says anything of a measure. */
function isTold(row: Row, partners: readonly number[], measure: string): boolean {
  if (measure === 'activities') return true;
  if (measure === 'partners') return partners.length > 0;
  if (measure === 'locations') return row.location !== '';
  if (measure === 'participants') return row.participants !== '' || row.groups !== '';
  if (measure === 'hours') return row.time !== '' && row.until !== '';
  return row.groups !== '' && JSON.parse(row.groups!)[measure] !== undefined;
}

const terms = (one: Fill | null, frequency: Frequency, how: object = {}) => ({
  ...{ name: 'N', goal: null, unit: 'orang', direction: 'up' as const, baseline: null, baselineDate: null },
  ...{ baselineSource: null, target: null, due: null, frequency, valueKind: 'flow' as const, span: 'course' as const },
  ...{ aggregate: 'sum' as const, partnersAggregate: 'sum' as const, dueDays: 10, lockDays: 30, definition: null },
  ...{ needsProof: false, scale: null, green: 90, amber: 70, createdBy: 1, fill: one },
  ...(one?.per !== undefined && { unit: '%' }),
  ...how,
});

const AGREED = { now: new Date('2026-07-01T03:00:00Z'), today: '2026-07-01' };

/** Computes what an indicator comes to in a period; null: it does not fill itself then, or is a share of nothing. */
function rightOf(
  read: (file: string) => Row[],
  indicator: Indicator,
  period: { start: string; end: string },
  of: readonly number[],
): number | null {
  const { fill, valueKind, baselineDate } = indicator;
  if (valueKind === 'cumulative' && baselineDate !== null && period.end <= baselineDate) return null;
  const right = recount(read, fill!, timeOf(indicator, period), of);
  return Number.isFinite(right) ? right : null;
}

describe.each(databases)('indicators that fill themselves on $name', ({ name, open }) => {
  it('a figure is what the exported activities add up to, also after edits, and the total holds each of them once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(activity, { maxLength: 25 }),
        fc.array(fc.tuple(fill, fc.constantFrom(...FREQUENCIES), day, course), { minLength: 3, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(), activity), { maxLength: 6 }),
        async (log, wishes, edits) => {
          await using world = await aWorld({ store: await open() });
          await world.all('/forum setup Uji', '/goal add T', ...PARTNERS.map(n => `/partner add M${n} sector:ngo`));
          const { store } = world;
          const { id: forumId } = (await forumsNamed(store, 'Uji'))[0]!;
          const enter = (one: Logged, n: number) => ({
            ...{
              ...stored(one, n),
              state: one.state as 'done',
              cancelReason: null,
              createdBy: 1,
              partners: one.partners,
            },
          });
          const made = await store.write(forumId, async tx => {
            for (const [one, frequency, , how] of wishes)
              await addIndicator(tx, forumId, terms({ ...one }, frequency, how), PARTNERS, AGREED);
            return addActivities(tx, forumId, log.map(enter), START);
          });

          const reading = async () => recordsOf(store.read, await listIndicators(store.read, forumId));
          const wanted = (await reading()).flatMap((record, i): Wanted[] => {
            const period = periodOf(wishes[i]![2], wishes[i]![1]);
            return [0, ...PARTNERS].map(partner => ({ record, period, partner }));
          });
          const figures = async () => figuresOf(store.read, forumId, wanted);
          const held = async () => {
            const read = await exported(store);
            for (const [i, figure] of (await figures()).entries()) {
              const { record, period, partner } = wanted[i]!;
              const right = rightOf(read, record.indicator, period, [partner]);
              expect([period.key, figure ? Number(figure.value) : null]).toEqual([
                period.key,
                right === null ? null : expect.closeTo(right, 4),
              ]);
              const whole = Object.values(figure?.sources.groups ?? {}).reduce((most, n) => Math.max(most, n), 0);
              expect(whole).toBeLessThanOrEqual(figure?.filling.fill.measure === 'participants' ? right! : 0);
            }
            return read;
          };
          const before = await held();

          // Each partner says yes.
          const accepted = await figures();
          await store.write(forumId, async tx => {
            for (const [i, { record, period, partner }] of wanted.entries())
              if (partner !== 0 && accepted[i])
                await addReport(tx, {
                  ...{ forumId, indicator: record.indicator.number, period: period.key, partner, kind: 'value' },
                  ...{ value: accepted[i]!.value, sources: accepted[i]!.sources, parts: null },
                  ...{ numerator: accepted[i]!.numerator, denominator: accepted[i]!.denominator },
                  ...{ note: null, reason: null, constrained: null, reportedBy: 1 },
                  ...{ reportedAt: new Date(START.getTime() + i), onTime: true, late: false },
                });
          });
          for (const [i, record] of (await reading()).entries()) {
            const period = periodOf(wishes[i]![2], wishes[i]![1]);
            const status = periodStatuses(record, '2027-01-01').find(one => one.period.key === period.key);
            const once = rightOf(before, record.indicator, period, PARTNERS);
            const own = status?.own ? Number(status.own.n) / Number(status.own.d) : null;
            expect(own).toEqual(once === null ? null : expect.closeTo(once, 4));
          }
          expect(await differing(store.read, forumId, await reading(), '')).toEqual([]);

          // Afterwards activities are edited, cancelled, and added late.
          await store.write(forumId, async tx => {
            for (const [n, one] of edits) {
              const old =
                made.length && n % 4 ? await activityByNumber(tx, forumId, made[n % made.length]!.number) : null;
              const { partners, createdBy: _, ...data } = enter(one, n);
              if (old) await changeActivity(tx, old, data, START, partners);
              else await addActivity(tx, forumId, enter(one, n), START);
            }
          });
          const now = await held();
          const again = await differing(store.read, forumId, await reading(), '');
          for (const { record, period, partner } of wanted) {
            if (partner === 0) continue;
            const one = again.find(
              ({ record: r, partner: p }) => r.indicator.number === record.indicator.number && p === partner,
            );
            const [was, is] = [before, now].map(read => rightOf(read, record.indicator, period, [partner]));
            if (was !== null && is !== null && was !== is) expect(Number(one?.figure.value)).toBeCloseTo(is!, 4);
          }
        },
      ),
      { numRuns: name === 'sqlite' ? sized(4, 8) : sized(1, 2) },
    );
  });

  it('drafts of many indicators take as many statements as of one, and read nothing of other times', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/partner add M1 sector:ngo');
    const { store } = world;
    const { id: forumId } = (await forumsNamed(store, 'Uji'))[0]!;
    const period = periodOf('2026-10-05', 'monthly');
    const one = {
      from: 'activities',
      measure: 'participants',
      of: null,
      partner: null,
      goal: null,
      area: null,
    } as const;
    const data = (date: string) => ({
      ...{
        title: 'K',
        kind: 'training',
        date,
        location: null,
        participants: 5,
        groups: null,
        goal: null,
        result: null,
      },
      ...{ state: 'done', cancelReason: null, createdBy: 1, partners: [1] },
    });
    const asked = async (n: number) => {
      await store.write(forumId, async tx => {
        for (let i = 0; i < n; i++)
          await addIndicator(
            tx,
            forumId,
            terms(i % 2 ? one : { ...one, from: 'money', measure: 'in' }, 'monthly'),
            [1],
            AGREED,
          );
      });
      const records = await recordsOf(store.read, await listIndicators(store.read, forumId));
      const wanted = records.map(record => ({ record, period, partner: 1 }));
      return (await statementsOf(() => figuresOf(store.read, forumId, wanted))).n;
    };
    await store.write(forumId, tx => addActivities(tx, forumId, [data('2026-10-07')] as never, START));
    const few = await asked(2);
    await store.write(forumId, tx =>
      addActivities(
        tx,
        forumId,
        Array.from({ length: 300 }, (_, i) => data(after('2026-11-01', i % 200))) as never,
        START,
      ),
    );
    expect(await asked(60)).toBe(few);
    expect(few).toBe(4);
    const log = await readLog(store.read, forumId, [{ fill: one, time: period }]);
    expect(log.activities).toHaveLength(1);
    expect(
      figureOf(
        { fill: one, unit: '', time: period, isRunning: false, start: null },
        { partner: 1, reporters: [1] },
        log,
      )!.value,
    ).toBe('5');
  });
});
