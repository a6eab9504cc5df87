import { and, asc, type Column, eq, gte, inArray, type SQL, sql } from 'drizzle-orm';
import { mapInTurns } from '../../runtime/in-turns.ts';
import { isTrue } from '../../storage/literal.ts';
import { askedTogether, once, question } from '../../storage/once.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader } from '../../storage/store.ts';
import { rowsByFirst } from '../../storage/together.ts';
import { isNamed } from '../among.ts';
import { addDays, dateIn, nextWorkingDay } from '../calendar.ts';
import { workingTime } from '../days-off.ts';
import { grouped } from '../grouped.ts';
import type { DaysOff } from '../holidays.ts';
import { everyPartner } from '../partners.ts';
import { coordinators } from '../people.ts';
import { everySeat } from '../seats.ts';
import { type Deadlines, deadlinesOf, FREQUENCIES, type Frequency, type Period, periodOf } from './periods.ts';
import type { Indicator } from './row.ts';
import {
  everyIndicator,
  everyResponsible,
  type Responsible,
  responsibleFor,
  responsibleForOne,
  WHOLE,
} from './store.ts';
import { type Report, reportsInForce, reportsInForceOfOne } from './stored-reports.ts';
import { type Chain, type Terms, termsIn, termsOf } from './terms.ts';

const DAY_MS = 86_400_000;

/** Columns of a report by which an indicator is judged. */
const FIGURES = [
  'indicator',
  'period',
  'partner',
  'kind',
  'value',
  'numerator',
  'denominator',
  'state',
  'reportedAt',
  'onTime',
  'fromImport',
  'sources',
] as const;

export type Figures = Pick<Report, (typeof FIGURES)[number]>;

/** All that an indicator is judged by, read once: every question about it is answered from this. */
export interface IndicatorRecord extends Chain {
  readonly indicator: Indicator;
  /** The reports in force, returned ones too, in the order of periods and partners. */
  readonly reports: readonly Figures[];
  /** Local dates on which partners were archived, by partner. */
  readonly archived: ReadonlyMap<number, string>;
  /** It was agreed before indicators had versions: the first of them says nothing of a span. */
  readonly isFromBefore: boolean;
  /** No version says over what periods add up: it was agreed before there was a choice. */
  readonly spanUnsaid: boolean;
  readonly zone: string;
  /** The dates on which the forum does not work, besides weekends. */
  readonly off: DaysOff;
}

/**
 * The records of some indicators of a forum, in the same order, with as many statements for one as for a thousand. With a
 * local date `since`, reports of periods that ended before it are left out.
 */
export async function recordsOf(
  db: Reader,
  indicators: readonly Indicator[],
  since?: string,
): Promise<IndicatorRecord[]> {
  const [one] = indicators;
  if (!one) return [];
  const { forumId } = one;
  const numbers = indicators.map(({ number }) => number);
  // Since some date they are asked for with all others of the forum.
  const isAlone = numbers.length === 1 && !since;
  if (isAlone) await readTermsOfOne(db, forumId, one.number);
  const { zone, off } = await workingTime(db, forumId);
  const archived = new Map(
    (await everyPartner(db, forumId)).flatMap(({ number, archivedAt }) =>
      archivedAt ? [[number, dateIn(archivedAt, zone)] as const] : [],
    ),
  );
  // The reports of one indicator are asked for by acts upon it as well, so the question is the same one.
  const reportsBy: ReadonlyMap<number, readonly Figures[]> = isAlone
    ? new Map([[one.number, await reportsInForce(db, forumId, one.number)]])
    : await reportsOfSome(db, forumId, isNamed(numbers) ? numbers.join() : ALL, since);
  const responsible = await responsibleFor(db, forumId, isAlone ? one.number : undefined);
  const versions = isAlone ? await versionsOfOne(db, forumId, one.number) : await everyVersion(db, forumId);
  const responsibleBy = grouped(responsible, row => row.indicator);
  const versionsBy = grouped(versions, row => row.indicator);
  return mapInTurns(indicators, indicator => ({
    indicator,
    ...chainOf(indicator, versionsBy.get(indicator.number) ?? [], responsibleBy.get(indicator.number) ?? []),
    agreed: dateIn(indicator.createdAt, zone),
    reports: reportsBy.get(indicator.number) ?? [],
    archived,
    zone,
    off,
  }));
}

/** The columns of a table by their names. */
const columnsOf = <T extends object, K extends keyof T>(table: T, names: readonly K[]): Pick<T, K> =>
  Object.fromEntries(names.map(name => [name, table[name]])) as Pick<T, K>;

/** Sign for the numbers of more indicators than a statement names: it reads the reports of all. */
const ALL = '';

/** The reports in force by indicator, in the order of periods and partners. */
const reportsOfSome = once(
  ['reports'],
  async (db, forumId: string, numbers: string, since?: string): Promise<ReadonlyMap<number, readonly Figures[]>> => {
    const { reports: r } = db.tables;
    const query = db
      .select(columnsOf(r, FIGURES))
      .from(r)
      .where(
        and(
          eq(r.forumId, forumId),
          isTrue(r.inForce),
          numbers === ALL ? undefined : inArray(r.indicator, numbersIn(numbers)),
          since ? endsOnOrAfter(r.period, since) : undefined,
        ),
      )
      .orderBy(asc(r.indicator), asc(r.period), asc(r.partner));
    return rowsByFirst(db, query);
  },
);

/** Numbers as one value of a question that is asked `once`. */
const numbersIn = (list: string): number[] => list.split(',').map(Number);

/** The letter that tells the frequency in a period's key; none: a year. Months have a digit there. */
const LETTERS = { weekly: 'W', quarterly: 'Q', semiannual: 'H', annual: '' } as const;

/** Tells whether the period of a key, whatever its frequency, ends on or after a local date. */
function endsOnOrAfter(key: Column, date: string): SQL | undefined {
  const first = (frequency: Frequency): string => periodOf(date, frequency).key;
  const earliest = FREQUENCIES.map(first).sort()[0]!.slice(0, 4);
  const cases = Object.entries(LETTERS).map(
    ([frequency, letter]) => sql`when ${letter} then ${first(frequency as keyof typeof LETTERS)}`,
  );
  const least = sql`case substr(${key}, 6, 1) ${sql.join(cases, sql` `)} else ${first('monthly')} end`;
  return and(gte(key, earliest), sql`${key} >= ${least}`);
}

/** Terms of all indicators of a forum, version by version. */
const everyVersion = question(
  ['indicatorVersions'],
  (db, forumId: string) => versions(db, forumId),
  rows => rows,
);

const versionsOfOne = question(
  ['indicatorVersions'],
  (db, forumId: string, indicator: number) => versions(db, forumId, indicator),
  rows => rows,
);

function versions(db: Reader, forumId: string, indicator?: number) {
  const { indicatorVersions: v } = db.tables;
  return db
    .select()
    .from(v)
    .where(and(eq(v.forumId, forumId), indicator === undefined ? undefined : eq(v.indicator, indicator)))
    .orderBy(asc(v.indicator), asc(v.version));
}

/** Questions that read the terms of all indicators of a forum, and from whom reports are awaited. */
export const TERMS = [
  everyIndicator,
  workingTime,
  everyPartner,
  everyResponsible,
  everyVersion,
  everySeat,
  coordinators,
] as const;

const termsOfAll = askedTogether(...TERMS);

/** Reads those with one statement. Those who ask afterwards, in the same answer, have them. */
export const readTerms = (db: Reader, forumId: string): Promise<void> =>
  termsOfAll(db, [forumId], [forumId], [forumId], [forumId], [forumId], [forumId], [forumId]);

const termsOfOne = askedTogether(workingTime, everyPartner, responsibleForOne, versionsOfOne, reportsInForceOfOne);

/** The same of one indicator, its reports included. */
const readTermsOfOne = (db: Reader, forumId: string, indicator: number): Promise<void> =>
  termsOfOne(db, [forumId], [forumId], [forumId, indicator], [forumId, indicator], [forumId, indicator]);

/** Tells whether versions, of which there are some, say nothing of a span. */
const isSpanUnsaid = (rows: readonly Tables['indicatorVersions']['$inferSelect'][]): boolean =>
  rows.length > 0 && rows.every(({ set }) => (set as Partial<Terms>).span === undefined);

/** The numbers of the indicators no version of which says over what periods add up. */
export async function withoutSpan(db: Reader, forumId: string): Promise<ReadonlySet<number>> {
  const by = grouped(await everyVersion(db, forumId), row => row.indicator);
  return new Set([...by].flatMap(([number, rows]) => (isSpanUnsaid(rows) ? [number] : [])));
}

/** The first terms and the changes after them. What the first version does not say is as the row has it. */
function chainOf(
  indicator: Indicator,
  rows: readonly Tables['indicatorVersions']['$inferSelect'][],
  responsible: readonly Responsible[],
): Pick<IndicatorRecord, 'first' | 'changes' | 'isFromBefore' | 'spanUnsaid'> {
  const [agreed, ...changes] = rows.map(row => ({ ...row, set: row.set as Partial<Terms> }));
  const partners = responsible.map(row => row.partner);
  const isFromBefore = agreed !== undefined && agreed.set.span === undefined;
  const spanUnsaid = isSpanUnsaid(rows);
  // Before there were fills nothing was filled: the row has what holds now.
  const first = { ...termsIn(indicator), partners, periodTargets: {}, fill: null, ...agreed?.set };
  return { first, changes, isFromBefore, spanUnsaid };
}

/** The record of one indicator. */
export const recordOf = async (db: Reader, indicator: Indicator): Promise<IndicatorRecord> =>
  (await recordsOf(db, [indicator]))[0]!;

/** The partners that report a period (the forum as a whole where none does): none of them archived when it ended. */
export function reportersIn(record: IndicatorRecord, period: Pick<Period, 'end'>): readonly number[] {
  const { partners } = termsOf(record, period);
  if (!partners.length) return [WHOLE];
  return partners.filter(one => (record.archived.get(one) ?? '9999') > period.end);
}

/** The day on which a period's report is due. */
export const dueOf = ({ indicator, off }: IndicatorRecord, { end }: Pick<Period, 'end'>): string =>
  nextWorkingDay(addDays(end, indicator.dueDays), off);

/**
 * The deadlines of a period's report. For a period that was over when the indicator was agreed they count from then:
 * what came before may be filled in.
 */
export function deadlinesIn({ indicator, zone, off }: IndicatorRecord, period: Pick<Period, 'end'>): Deadlines {
  const { dueDays, lockDays, createdAt } = indicator;
  const rule = { dueDaysAfter: dueDays, lateDaysAfter: 0, lockDaysAfter: lockDays };
  const deadlines = deadlinesOf(period, rule, zone, off);
  if (createdAt < deadlines.late) return deadlines;
  const fillIn = new Date(createdAt.getTime() + lockDays * DAY_MS);
  return { ...deadlines, late: fillIn, lock: fillIn };
}
