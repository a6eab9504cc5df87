import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { compare, decimalOf, exact, type Fraction, over, sum } from './fraction.ts';
import { SHARE_DECIMALS, shareOf } from './share.ts';
import { isPercent } from './span.ts';
import type { Report } from './stored-reports.ts';
import type { Terms } from './terms.ts';

/** One submission of a form, as enumerators sent it. */
export interface Submission {
  /** Its `instanceID`; of a submission that was edited that of the first sending. */
  readonly id: string;
  /** The local date of the observation. */
  readonly date: string;
  readonly value: string;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly parts: Readonly<Record<string, string>> | null;
  readonly note: string | null;
  readonly constrained: string | null;
}

/** Tells of what a report out of submissions is: an indicator's period, for a partner. */
export type ReportKey = Pick<Report, 'indicator' | 'period' | 'partner'>;

export const keyOfReport = ({ indicator, period, partner }: ReportKey): string => `${indicator}:${period}:${partner}`;

/**
 * The submissions that imports have entered, by the key of their report, each as it was sent last. The audit keeps them
 * for ever; taking an import back takes them with it.
 */
export async function submissionsOf(
  db: Reader,
  forumId: string,
  indicators: readonly number[],
): Promise<ReadonlyMap<string, readonly Submission[]>> {
  const found = new Map<string, readonly Submission[]>();
  if (!indicators.length) return found;
  const { events: e } = db.tables;
  const rows = await db
    .select({ number: e.number, data: e.data })
    .from(e)
    .where(
      and(
        eq(e.forumId, forumId),
        eq(e.thing, 'indicator'),
        eq(e.kind, 'indicator.reported'),
        inArray(e.number, [...indicators]),
      ),
    )
    .orderBy(asc(e.seq));
  for (const { number, data } of rows) {
    const { period, partner, submissions } = data as Partial<ReportKey> & { submissions?: readonly Submission[] };
    if (!submissions || period === undefined || partner === undefined) continue;
    const key = keyOfReport({ indicator: number, period, partner });
    found.set(key, lastSent([...(found.get(key) ?? []), ...submissions]));
  }
  return found;
}

/** Each submission as it was sent last. */
export const lastSent = (all: readonly Submission[]): Submission[] => [
  ...new Map(all.map(one => [one.id, one])).values(),
];

/** Rule by which submissions of one period make its value. */
type Way = 'sum' | 'average' | 'max' | 'latest';

/** Returns how: what happens adds up, of a level the last observation stands, unless the terms say otherwise. */
function wayOf(terms: Pick<Terms, 'valueKind' | 'aggregate' | 'unit'>): Way {
  // Shares are never added.
  if (terms.valueKind === 'flow') return isPercent(terms) ? 'average' : 'sum';
  return terms.aggregate === 'average' || terms.aggregate === 'max' ? terms.aggregate : 'latest';
}

/** Maximum length of a note made of those of the submissions, characters. */
const NOTE_LENGTH = 1000;
const CONSTRAINED_LENGTH = 500;

const joined = (texts: readonly (string | null)[], max: number): string | null => {
  const all = [...new Set(texts.filter(one => one !== null))].join('; ');
  return all === '' ? null : all.slice(0, max);
};

/** The groups that every submission told, added up. */
function partsTold(all: readonly Submission[]): Record<string, string> | null {
  const keys = Object.keys(all[0]?.parts ?? {}).filter(key => all.every(one => one.parts?.[key] !== undefined));
  if (!keys.length) return null;
  const sumOf = (key: string): string => decimalOf(sum(all.map(one => exact(one.parts![key]!))), SHARE_DECIMALS);
  return Object.fromEntries(keys.map(key => [key, sumOf(key)]));
}

/** Describes what a report out of submissions says. */
export type Made = Pick<Report, 'numerator' | 'denominator' | 'parts' | 'note' | 'constrained'> & {
  readonly value: string;
};

type Figures = Omit<Made, 'note' | 'constrained'>;

/** Shares are made of the sums of their two numbers, no matter who counted where. */
function shareTold(terms: Pick<Terms, 'unit'>, all: readonly Submission[]): Figures | null {
  const sumOf = (field: 'numerator' | 'denominator') => sum(all.map(one => exact(one[field] ?? 0)));
  if (all.some(one => one.numerator === null || one.denominator === null)) return null;
  const [numerator, denominator] = [sumOf('numerator'), sumOf('denominator')];
  const share = shareOf(terms, numerator, denominator);
  const told = (amount: Fraction): string => decimalOf(amount, SHARE_DECIMALS);
  return (
    share && { value: told(share), numerator: told(numerator), denominator: told(denominator), parts: partsTold(all) }
  );
}

/** The figures as one submission tells them. */
const figuresOf = ({ value, numerator, denominator, parts }: Submission): Figures => ({
  value,
  numerator,
  denominator,
  parts,
});

/** Sum of submissions, or their mean. */
function totalOf(all: readonly Submission[], way: 'sum' | 'average'): Figures {
  const total = sum(all.map(one => exact(one.value)));
  const value = way === 'sum' ? total : over(total, exact(all.length))!;
  const parts = way === 'sum' ? partsTold(all) : null;
  return { value: decimalOf(value, SHARE_DECIMALS), numerator: null, denominator: null, parts };
}

/** The report that submissions of one period make together; there is at least one. */
export function reportOf(terms: Pick<Terms, 'valueKind' | 'aggregate' | 'unit'>, told: readonly Submission[]): Made {
  const all = told.toSorted((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1));
  const notes = joined(
    all.map(one => one.note),
    NOTE_LENGTH,
  );
  const constraints = joined(
    all.map(one => one.constrained),
    CONSTRAINED_LENGTH,
  );
  const way = wayOf(terms);
  const most = all.reduce((a, b) => (compare(exact(b.value), exact(a.value)) > 0 ? b : a));
  const figures =
    way === 'max'
      ? figuresOf(most)
      : (shareTold(terms, all) ?? (way === 'latest' ? figuresOf(all.at(-1)!) : totalOf(all, way)));
  return { ...figures, note: notes, constrained: constraints };
}
