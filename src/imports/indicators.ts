import { asc, eq } from 'drizzle-orm';
import { compare, exact } from '../domain/indicators/fraction.ts';
import { FREQUENCIES } from '../domain/indicators/periods.ts';
import { recordOf } from '../domain/indicators/record.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { isPercent } from '../domain/indicators/span.ts';
import { addIndicator, responsibleFor } from '../domain/indicators/store.ts';
import { termsAt } from '../domain/indicators/terms.ts';
import { nameKey } from '../domain/near.ts';
import { AGGREGATE_WORDS, COURSE_WORDS, FREQUENCY_WORDS, VALUE_WORDS } from '../language/synonyms.ts';
import { planReports } from '../schedule/reports.ts';
import type { Reader } from '../storage/store.ts';
import { goalIn, partnersIn } from './activities.ts';
import { type AreaReader, areaReader } from './areas.ts';
import { knownGoals } from './goals.ts';
import { textOf } from './grid.ts';
import { differing, Judge } from './judge.ts';
import { Known } from './known.ts';
import { knownPartners } from './partners.ts';
import { periodTargetsIn } from './period-targets.ts';
import type { KindOfImport, Written } from './plan.ts';
import { type Row, wordsFor } from './row.ts';

const AGGREGATES = ['sum', 'average', 'latest', 'max'] as const;
const DIRECTIONS = ['up', 'down'] as const;
const VALUE_KINDS = ['stock', 'flow', 'cumulative'] as const;
type Data = Omit<Indicator, 'forumId' | 'number' | 'folded' | 'version' | 'createdAt' | 'retiredAt' | 'createdBy'>;

export interface IndicatorWrite {
  readonly set: Data;
  readonly partners: readonly number[];
  readonly periodTargets: Readonly<Record<string, string>>;
}

/** All indicators of a forum, those first that are not retired. */
export async function knownIndicators(db: Reader, forumId: string): Promise<Known<Indicator>> {
  const { indicators: i } = db.tables;
  const all = await db.select().from(i).where(eq(i.forumId, forumId)).orderBy(asc(i.number));
  return new Known(
    'indicator',
    [...all.filter(one => !one.retiredAt), ...all.filter(one => one.retiredAt)],
    one => one.name,
  );
}

/** Returns what a file says of an indicator. */
function readTerms(row: Row, words: ReturnType<typeof choices>, areaIn: AreaReader) {
  return {
    unit: row.line('unit', 30),
    direction: row.choice('direction', words.directions, m => m.indicator.directions),
    baseline: row.decimal('baseline'),
    baselineDate: row.date('baselineDate'),
    target: row.decimal('target'),
    due: row.date('due'),
    frequency: row.choice('frequency', words.frequencies, m => m.indicator.frequencies),
    valueKind: row.choice('valueKind', words.kinds, m => m.indicator.kinds),
    aggregate: row.choice('aggregate', words.aggregates, m => m.indicator.aggregates),
    partnersAggregate: row.choice('partnersAggregate', words.aggregates, m => m.indicator.aggregates),
    definition: row.text('definition', 1000),
    baselineSource: row.line('source', 200),
    area: areaIn(row),
  };
}

const choices = (catalogues: Parameters<typeof wordsFor>[1]) => ({
  directions: wordsFor(DIRECTIONS, catalogues, m => m.indicator.directions, COURSE_WORDS),
  frequencies: wordsFor(FREQUENCIES, catalogues, m => m.indicator.frequencies, FREQUENCY_WORDS),
  kinds: wordsFor(VALUE_KINDS, catalogues, m => m.indicator.kinds, VALUE_WORDS),
  aggregates: wordsFor(AGGREGATES, catalogues, m => m.indicator.aggregates, AGGREGATE_WORDS),
});

/** The terms of a new indicator, where a file says less than all: as where one is agreed in chat. */
function termsFor(name: string, given: ReturnType<typeof readTerms>, goal: number | undefined, today: string): Data {
  const { baseline = null, target = null, aggregate } = given;
  const falls = baseline !== null && target !== null && compare(exact(target), exact(baseline)) < 0;
  return {
    name,
    goal: goal ?? null,
    unit: given.unit ?? '',
    direction: given.direction ?? (falls ? 'down' : 'up'),
    baseline,
    baselineDate: given.baselineDate ?? (baseline === null ? null : today),
    target,
    due: given.due ?? null,
    frequency: given.frequency ?? 'quarterly',
    valueKind: given.valueKind ?? (aggregate === 'sum' ? 'flow' : 'stock'),
    aggregate: aggregate ?? 'latest',
    span: 'course',
    partnersAggregate: given.partnersAggregate ?? 'sum',
    green: 90,
    amber: 70,
    definition: given.definition ?? null,
    baselineSource: given.baselineSource ?? null,
    area: given.area ?? null,
    scale: null,
    fill: null,
    dueDays: 10,
    lockDays: 30,
    needsProof: false,
  };
}

export const indicators: KindOfImport<IndicatorWrite> = {
  needed: [['name']],
  numbers: ['baseline', 'target'],
  dates: ['baselineDate', 'due'],
  async plan(services, rows) {
    const { db, forumId, catalogues, today } = services;
    const known = await knownIndicators(db, forumId);
    const partners = await knownPartners(db, forumId);
    const goals = await knownGoals(db, forumId);
    const words = choices(catalogues);
    const whole = new Set(catalogues.map(m => nameKey(m.indicator.wholeForum)));
    const areaIn = await areaReader(rows);
    const judge = new Judge<IndicatorWrite>();
    for (const row of rows) {
      const name = row.need('name', row.line('name', 200));
      const given = readTerms(row, words, areaIn);
      const found = name === undefined ? undefined : known.named(name);
      const frequency = given.frequency ?? found?.frequency ?? 'quarterly';
      const periodTargets = periodTargetsIn(row, services, frequency);
      const goal = goalIn(row, goals);
      const named = whole.has(nameKey(textOf(row.cell('partners')))) ? [] : (partnersIn(row, partners) ?? []);
      if (judge.wrong(row, name) || name === undefined) continue;
      if (judge.repeated(row, name, nameKey(name))) continue;
      const near = found ? undefined : known.near(name);
      if (near) judge.doubtful(row, name, 'name', m => m.imports.why.near({ name: near.name }));
      else if (found) {
        const set = differing<Indicator>(found, { ...given, goal });
        const isOther = periodTargets && !(await areAgreed(db, found, periodTargets));
        const fields = [...Object.keys(set), ...(isOther ? ['periodTargets'] : [])];
        // Terms are agreed anew with a date and a reason, not by a file.
        if (!fields.length) judge.same(row, name);
        else
          judge.doubtful(row, name, null, m =>
            m.imports.why.agreedOtherwise({
              code: `N-${found.number}`,
              fields: fields.map(one => m.imports.fields[one as never] ?? one).join(', '),
            }),
          );
      } else {
        const set = termsFor(name, given, goal, today);
        if (set.aggregate === 'sum' && isPercent(set))
          judge.doubtful(row, name, 'aggregate', m => m.indicator.asks.addsShares);
        else if (set.aggregate === 'sum' && set.valueKind !== 'flow')
          judge.doubtful(
            row,
            name,
            'aggregate',
            m => m.indicator.asks[set.valueKind === 'stock' ? 'addsLevels' : 'addsTwice'],
          );
        else judge.make(row, name, { set, partners: named, periodTargets: periodTargets ?? {} });
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now, today, by }, rows) {
    const written: Written[] = [];
    for (const { write } of rows) {
      const { set, partners, periodTargets } = write!;
      const agreed = { now, today, periodTargets };
      const made = await addIndicator(tx, forumId, { ...set, createdBy: by.member }, partners, agreed);
      const planned = await planReports(tx, made, now);
      const event = { kind: 'indicator.added', data: { name: made.name } };
      written.push({
        thing: 'indicator',
        number: made.number,
        before: null,
        after: { ...set, partners, periodTargets },
        event,
        planned,
      });
    }
    return written;
  },
};

/** Tells whether the targets of single periods that a file has were agreed already. */
async function areAgreed(
  db: Reader,
  indicator: Indicator,
  targets: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { periodTargets } = termsAt(await recordOf(db, indicator), '9999-12-31');
  const isSame = (one: string | undefined, other: string): boolean =>
    one !== undefined && compare(exact(one), exact(other)) === 0;
  return Object.entries(targets).every(([period, target]) => isSame(periodTargets[period], target));
}

/** The partners that report each indicator, by its number. */
export async function reportersOf(db: Reader, forumId: string): Promise<ReadonlyMap<number, readonly number[]>> {
  const found = new Map<number, number[]>();
  for (const { indicator, partner } of await responsibleFor(db, forumId))
    found.set(indicator, [...(found.get(indicator) ?? []), partner]);
  return found;
}
