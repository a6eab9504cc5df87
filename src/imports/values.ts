import { readPeriod } from '../bot/read-period.ts';
import { groupMeant } from '../domain/groups/dimensions.ts';
import { FREQUENCIES, type Period } from '../domain/indicators/periods.ts';
import { deadlinesIn, type IndicatorRecord, recordsOf } from '../domain/indicators/record.ts';
import { WHOLE } from '../domain/indicators/store.ts';
import { addReports, type Report, reportsOf, unlocksOf } from '../domain/indicators/stored-reports.ts';
import { termsOf } from '../domain/indicators/terms.ts';
import { nameKey } from '../domain/near.ts';
import { pairsIn } from '../language/group-pairs.ts';
import type { Reader } from '../storage/store.ts';
import { textOf } from './grid.ts';
import { knownIndicators, reportersOf } from './indicators.ts';
import { Judge } from './judge.ts';
import { decimalIn } from './numbers.ts';
import { knownPartners } from './partners.ts';
import type { ImportContext, KindOfImport } from './plan.ts';
import { type Row, wordsFor } from './row.ts';

export type ValueWrite = Pick<
  Report,
  | 'indicator'
  | 'period'
  | 'partner'
  | 'kind'
  | 'value'
  | 'numerator'
  | 'denominator'
  | 'parts'
  | 'note'
  | 'reason'
  | 'constrained'
>;

const STATES = ['submitted', 'returned', 'no_data'] as const;

/** The period that a cell names, of the frequency by which the indicator was reported then. */
function periodIn(row: Row, record: IndicatorRecord, today: string): Period | undefined {
  const cell = row.cell('period');
  if (cell === null) return row.need('period', undefined);
  const typed = textOf(cell);
  for (const frequency of FREQUENCIES) {
    const period = readPeriod(typed, frequency, today);
    if (period && termsOf(record, period).frequency === frequency)
      return period.start > today ? row.fault('period', m => m.imports.why.future) : period;
  }
  return row.fault('period', m => m.imports.why.noPeriod({ typed }));
}

/** Finds the partner that a value is for: the one that is named, the only one that reports, or the forum as a whole. */
export function partnerIn(
  row: Row,
  known: Awaited<ReturnType<typeof knownPartners>>,
  reporters: readonly number[],
  whole: ReadonlySet<string>,
): number | undefined {
  const cell = row.cell('partner');
  if (cell === null || whole.has(nameKey(textOf(cell)))) {
    if (!reporters.length) return WHOLE;
    return reporters.length === 1 && cell === null
      ? reporters[0]
      : row.fault('partner', m => m.indicator.no.whichPartner);
  }
  const found = known.meant(textOf(cell));
  if (!found) return row.fault('partner', m => m.imports.why.unknownPartner({ name: textOf(cell) }));
  return reporters.includes(found.number) ? found.number : row.fault('partner', m => m.indicator.no.notPartner);
}

/** Tells which periods may be reported no more; asks for those opened anew once for each indicator. */
export class Locks {
  readonly #services: ImportContext;
  readonly #opened = new Map<number, ReadonlyMap<string, Date>>();

  constructor(services: ImportContext) {
    this.#services = services;
  }

  async isLocked(record: IndicatorRecord, period: Period): Promise<boolean> {
    const { db, forumId, now } = this.#services;
    const { number } = record.indicator;
    if (!this.#opened.has(number)) this.#opened.set(number, await unlocksOf(db, forumId, number));
    const until = this.#opened.get(number)!.get(period.key);
    return now >= deadlinesIn(record, period).lock && !(until && now < until);
  }
}

/** A value by groups of people: `L=41, P=27`. */
function partsIn(row: Row, services: ImportContext): Record<string, string> | null {
  const cell = row.cell('parts');
  if (cell === null) return null;
  const found: Record<string, string> = {};
  const { locale, dimensions, catalogues, writing } = services;
  const pairs = pairsIn(textOf(cell)) ?? [];
  if (!pairs.length) row.fault('parts', m => m.groups.accepts({ names: Object.values(m.groups.names) }));
  for (const [name, n] of pairs) {
    const amount = decimalIn(n, writing, locale);
    const key = groupMeant(name, dimensions, one => catalogues.map(m => m.groups.names[one])) ?? name.slice(0, 30);
    if (amount === null) row.fault('parts', m => m.imports.why.noNumber({ typed: n }));
    else found[key] = amount;
  }
  return found;
}

/** The reports in force, by indicator, period and partner. */
async function standing(db: Reader, forumId: string): Promise<ReadonlyMap<string, Report>> {
  return new Map((await reportsOf(db, forumId, {})).map(one => [keyOf(one), one]));
}

const keyOf = ({ indicator, period, partner }: Pick<Report, 'indicator' | 'period' | 'partner'>): string =>
  `${indicator}:${period}:${partner}`;

const same = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && Number(one) === Number(other));

const FIGURES = ['value', 'numerator', 'denominator'] as const;
const TEXTS = ['note', 'reason', 'constrained'] as const;

/** Returns what a row says differently from the report in force; a blank cell says nothing. */
function differingFields(before: Report, now: ValueWrite): string[] {
  if (before.kind !== now.kind) return ['state'];
  return [
    ...FIGURES.filter(field => now[field] !== null && !same(before[field], now[field])),
    ...TEXTS.filter(field => now[field] !== null && before[field] !== now[field]),
    ...(now.parts && !isSameParts(before.parts, now.parts) ? ['parts'] : []),
  ];
}

const isSameParts = (before: Report['parts'], now: NonNullable<Report['parts']>): boolean =>
  Object.keys(before ?? {}).length === Object.keys(now).length &&
  Object.entries(now).every(([key, n]) => before?.[key] !== undefined && Number(before[key]) === Number(n));

/** Returns what would stand: a blank cell leaves what stood, of a report of the same kind. */
function kept(before: Report, now: ValueWrite): ValueWrite {
  if (before.kind !== now.kind) return now;
  const { parts, note, reason, constrained } = before;
  const isValueOther = !same(before.value, now.value);
  const share = isValueOther ? {} : { numerator: before.numerator, denominator: before.denominator };
  const given = Object.fromEntries(Object.entries(now).filter(([, value]) => value !== null));
  return { ...now, parts: isValueOther ? null : parts, note, reason, constrained, ...share, ...given };
}

export const values: KindOfImport<ValueWrite> = {
  needed: [['indicator', 'name'], ['period'], ['value', 'numerator']],
  numbers: ['value', 'numerator', 'denominator'],
  dates: [],
  async plan(services, rows) {
    const { db, forumId, catalogues, today } = services;
    const known = await knownIndicators(db, forumId);
    const records = new Map((await recordsOf(db, known.all)).map(one => [one.indicator.number, one]));
    const partners = await knownPartners(db, forumId);
    const reporters = await reportersOf(db, forumId);
    const there = await standing(db, forumId);
    const whole = new Set(catalogues.map(m => nameKey(m.indicator.wholeForum)));
    const states = wordsFor(STATES, catalogues, m => m.report.reportStates);
    const locks = new Locks(services);
    const judge = new Judge<ValueWrite>();
    for (const row of rows) {
      const name = textOf(row.cell('name') ?? row.cell('indicator')).trim();
      const found = name ? (known.meant(name) ?? known.meant(textOf(row.cell('indicator')))) : undefined;
      const record = found && records.get(found.number);
      if (!name) row.need('indicator', undefined);
      else if (!record) row.fault(row.at('name') ? 'name' : 'indicator', m => m.imports.why.unknownIndicator({ name }));
      const period = record && periodIn(row, record, today);
      const partner = found && partnerIn(row, partners, reporters.get(found.number) ?? [], whole);
      const state = row.choice('state', states, m => m.report.reportStates) ?? 'submitted';
      const value = row.decimal('value') ?? null;
      const [numerator, denominator] = [row.decimal('numerator') ?? null, row.decimal('denominator') ?? null];
      if (state === 'submitted' && value === null) row.need('value', undefined);
      const parts = partsIn(row, services);
      const reason = row.text('reason', 500) ?? null;
      const [note, constrained] = [row.text('note', 1000) ?? null, row.text('constrained', 500) ?? null];
      const label = `${name} ${period?.key ?? textOf(row.cell('period'))}`;
      if (record && period && (await locks.isLocked(record, period)))
        row.fault('period', m => m.indicator.no.locked({ period: period.key }));
      if (judge.wrong(row, label) || !found || !period || partner === undefined) continue;
      const kind = state === 'no_data' ? ('no_data' as const) : ('value' as const);
      const write = {
        indicator: found.number,
        period: period.key,
        partner,
        kind,
        value,
        numerator,
        denominator,
        parts,
        note,
        reason,
        constrained,
      };
      if (state === 'returned') judge.doubtful(row, label, 'state', m => m.imports.why.returned);
      else if (judge.repeated(row, label, keyOf(write))) continue;
      else {
        const before = there.get(keyOf(write));
        if (!before) judge.make(row, label, write);
        else {
          const changed = differingFields(before, write);
          if (changed.length) judge.change(row, label, kept(before, write), changed);
          else judge.same(row, label);
        }
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now, number, by }, rows) {
    const made = await addReports(
      tx,
      forumId,
      rows.map(({ write }) => ({
        ...write!,
        reportedBy: by.member,
        reportedAt: now,
        onTime: false,
        late: false,
        fromImport: number,
      })),
    );
    return made.map(({ report, replaced }) => ({
      thing: 'indicator' as const,
      number: report.indicator,
      before: replaced === null ? null : { report: replaced },
      after: { report: report.seq },
      event: {
        kind: `indicator.${report.kind === 'value' ? 'reported' : 'no_data'}`,
        data: { period: report.period, partner: report.partner, value: report.value, replaces: replaced },
      },
    }));
  },
};
