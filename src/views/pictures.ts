import type { Mark } from '../contract/chart.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, picture } from '../contract/view.ts';
import { type Flow, NO_FLOW } from '../domain/money/totals.ts';
import type { Partner } from '../domain/partners.ts';
import type { Arithmetic } from '../domain/strategies/tally.ts';
import { least, type Share } from '../domain/strategies/threshold.ts';
import { formatMoney, formatNumber } from '../language/numbers.ts';
import { SECTORS } from '../storage/schema/people.ts';
import { OUTCOME } from './outcome.ts';
import { shortPeriod } from './short-period.ts';

type Words = Pick<RenderContext, 'm' | 'locale'>;

/** Maximum number of rows and of months in a picture. */
const ROWS = 20;
const MONTHS = 12;

/** Returns what came in and went out, month by month, those without any included. Null: nothing did. */
export function monthsPicture({ m, locale }: Words, byMonth: ReadonlyMap<string, Flow>): Block | null {
  const w = m.finance;
  const [first, last] = [[...byMonth.keys()][0], [...byMonth.keys()].at(-1)];
  if (!first || !last) return null;
  const months = monthsBetween(first, last).slice(-MONTHS);
  const flowOf = (month: string): Flow => byMonth.get(month) ?? NO_FLOW;
  const alt = months.map(month => {
    const flow = flowOf(month);
    return w.monthLine({ month, in: formatMoney(flow.in, locale), out: formatMoney(flow.out, locale) });
  });
  return picture(
    {
      kind: 'bars',
      locale,
      title: w.chart,
      about: w.chartUnit,
      labels: months.map(month => shortPeriod(month, locale)),
      series: (['in', 'out'] as const).map(direction => ({
        name: w.directions[direction],
        values: months.map(month => Number(flowOf(month)[direction]) / 100),
      })),
    },
    alt.join('; '),
  );
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  let [year, month] = first.split('-').map(Number) as [number, number];
  for (let key = first; key <= last; key = `${year}-${String(month).padStart(2, '0')}`) {
    months.push(key);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return months;
}

/** Counts how many partners each sector has, those without any included, and how many each focus. */
export function mapPictures({ m, locale }: Words, partners: readonly Partner[]): Block[] {
  const w = m.partner;
  if (!partners.length) return [];
  const bySector = SECTORS.map(sector => ({
    name: w.sectors[sector],
    n: partners.filter(one => one.sector === sector).length,
  }));
  const focuses = new Map<string, number>();
  for (const { focus } of partners) if (focus) focuses.set(focus, (focuses.get(focus) ?? 0) + 1);
  const byFocus = [...focuses]
    .map(([name, n]) => ({ name, n }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
  const counted = (title: string, rows: readonly { name: string; n: number }[]): Block[] =>
    rows.length
      ? [
          picture(
            {
              kind: 'rows',
              locale,
              title,
              labels: rows.map(one => one.name),
              series: [
                { name: w.name, values: rows.map(one => one.n), marks: rows.map(one => (one.n ? null : 'warning')) },
              ],
            },
            `${title}: ${rows.map(one => `${one.name} ${one.n}`).join('; ')}`,
          ),
        ]
      : [];
  return [...counted(w.bySector, bySector), ...counted(w.byFocus, byFocus.slice(0, ROWS))];
}

/** One line of a picture of shares: its name, its value from 0 to `most` (null: not known), and how that is written. */
export interface Row {
  readonly name: string;
  readonly value: number | null;
  readonly text: string;
}

/** Values on one scale below each other, in the order in which they are given. */
export function scalePicture(
  { locale }: Words,
  head: { readonly title: string; readonly about: string; readonly most: number },
  rows: readonly Row[],
  confidential = false,
): Block | null {
  const shown = rows.slice(0, ROWS);
  if (shown.every(one => one.value === null)) return null;
  const made = picture(
    {
      kind: 'rows',
      locale,
      ...head,
      labels: shown.map(one => one.name),
      series: [{ name: head.title, values: shown.map(one => one.value), texts: shown.map(one => one.text) }],
    },
    `${head.title}: ${shown.map(one => `${one.name} ${one.text}`).join('; ')}`,
  );
  return confidential ? { ...made, confidential } : made;
}

const CHOICE_MARKS = { agree: 'good', disagree: 'bad', object: 'bad', abstain: 'plain', recuse: 'plain' } as const;

/** Tells how a vote ended: its tally, and how many had to agree. */
export function votePicture(
  { m, locale }: Words,
  vote: {
    readonly title: string;
    readonly outcome: keyof typeof OUTCOME;
    readonly sums: Arithmetic;
    readonly threshold: Share;
  },
): Block {
  const w = m.strategy;
  const { title, outcome, sums, threshold } = vote;
  const n = (value: number): string => formatNumber(value, locale);
  const choices = (['agree', 'disagree', 'object', 'abstain', 'recuse'] as const)
    .filter(choice => sums[choice] > 0 || choice === 'agree' || choice === 'disagree')
    .map((choice): { name: string; n: number; mark: Mark | null } => ({
      name: w.choices[choice],
      n: sums[choice],
      mark: CHOICE_MARKS[choice],
    }));
  const rows = [...choices, { name: w.notVoted, n: sums.electorate - sums.present, mark: null }];
  const needed = Math.max(1, least(threshold, sums.base));
  const about = w.turnout({ present: n(sums.present), electorate: n(sums.electorate), needed: n(sums.needed) });
  return picture(
    {
      kind: 'rows',
      locale,
      title,
      status: { mark: OUTCOME[outcome].mark, word: `${OUTCOME[outcome].sign} ${w.outcomes[outcome]}` },
      about,
      labels: rows.map(one => one.name),
      series: [{ name: w.tally, values: rows.map(one => one.n), marks: rows.map(one => one.mark) }],
      levels: sums.base ? [{ name: w.neededAgree, value: needed }] : [],
    },
    `${title}: ${w.outcomes[outcome]}; ${rows.map(one => `${one.name} ${n(one.n)}`).join('; ')}; ${w.neededAgree.toLowerCase()} ${n(needed)}; ${about}`,
  );
}
