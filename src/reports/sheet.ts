import { type Amount, decimalOf } from '../domain/indicators/fraction.ts';
import { formatDate } from '../language/dates.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import { formatNumber } from '../language/numbers.ts';
import { capital, plain } from '../language/text.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import { groupName } from '../views/groups.ts';

/** A cell: text, a number, a local date, money in minor units, a percentage (94.5 is 94.5%), or nothing. */
export type Cell =
  | string
  | number
  | { readonly date: string }
  | { readonly money: number | bigint }
  | { readonly percent: number }
  | null;

export type ColumnKey = keyof Messages['report']['columns'];
export type ColumnType = keyof Messages['report']['types'];
export type SheetName = keyof Messages['report']['sheets'];

/** Describes what stands in a column: its heading, what it means, what its cells are and in which unit. */
export interface Column {
  readonly key: ColumnKey | `group_${string}`;
  readonly name: string;
  readonly means: string;
  readonly type: ColumnType;
  readonly unit: string | null;
}

/** One subject of a report. Each cell keeps its type wherever the report goes. */
export interface Sheet {
  readonly name: string;
  /** Meaning of its rows, in a sentence. */
  readonly about: string;
  readonly columns: readonly Column[];
  /** The headings of the columns. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

type Unit = keyof Messages['report']['units'];

/** Types of the cells of columns; those not named here hold text. */
const TYPES: { readonly [K in ColumnKey]?: ColumnType | readonly [ColumnType, Unit] } = {
  code: 'code',
  agreement: 'code',
  takesBack: 'code',
  activity: 'code',
  decision: 'code',
  indicator: 'code',
  period: 'code',
  goal: 'code',
  date: 'date',
  kind: 'choice',
  state: 'choice',
  participants: ['number', 'people'],
  women: ['number', 'people'],
  groups: ['number', 'people'],
  invited: ['number', 'partners'],
  came: ['number', 'partners'],
  evidence: 'number',
  direction: 'choice',
  baseline: 'number',
  baselineDate: 'date',
  target: 'number',
  due: 'date',
  frequency: 'choice',
  value: 'number',
  runningValue: 'number',
  periodTarget: 'number',
  progress: ['percent', 'percent'],
  finalProgress: ['percent', 'percent'],
  status: 'choice',
  reported: ['number', 'partners'],
  expected: ['number', 'partners'],
  numerator: 'number',
  denominator: 'number',
  reportState: 'choice',
  onTime: 'choice',
  reportedOn: 'date',
  closedOn: 'date',
  basis: 'choice',
  method: 'choice',
  secret: 'choice',
  outcome: 'choice',
  agree: ['number', 'votes'],
  disagree: ['number', 'votes'],
  abstain: ['number', 'votes'],
  object: ['number', 'votes'],
  recuse: ['number', 'votes'],
  present: ['number', 'votes'],
  needed: ['number', 'votes'],
  electorate: ['number', 'votes'],
  reviewOn: 'date',
  sector: 'choice',
  choice: 'choice',
  castOn: 'date',
  severity: 'choice',
  resolved: 'date',
  reopened: ['number', 'times'],
  flow: 'choice',
  amount: ['money', 'rupiah'],
  counted: 'choice',
  recordedOn: 'date',
  late: 'choice',
  lateReport: 'choice',
  replaced: 'number',
  signed: 'date',
  expires: 'date',
  item: 'number',
  promised: ['money', 'rupiah'],
  doneOn: 'date',
  joinedOn: 'date',
  leftOn: 'date',
  activities: 'number',
  points: 'number',
  pointsMost: 'number',
  share: ['percent', 'percent'],
  answered: 'number',
  questions: 'number',
  content: 'any',
};

function columnOf({ report: w }: Messages, key: ColumnKey): Column {
  const [type, unit] = [TYPES[key] ?? 'text'].flat() as [ColumnType, Unit?];
  return { key, ...w.columns[key], type, unit: unit ? w.units[unit] : null };
}

/** A column of the people of one group. */
export const groupColumn = (m: Messages, key: string): Column => ({
  ...columnOf(m, 'groups'),
  key: `group_${key}`,
  name: plain(capital(groupName(m, key))),
});

/** A sheet of these columns, and of those that the record asks for besides; every row has a cell for each. */
export function sheetWith(
  m: Messages,
  name: SheetName,
  keys: readonly ColumnKey[],
  rows: readonly (readonly Cell[])[],
  more: readonly Column[] = [],
): Sheet {
  const columns = [...keys.map(key => columnOf(m, key)), ...more];
  return { ...m.report.sheets[name], columns, head: columns.map(column => column.name), rows };
}

/** A cell as plain data: dates in ISO form, money in rupiah, percentages as their number. */
export function plainOf(cell: Cell): string | number | null {
  if (cell === null || typeof cell !== 'object') return cell;
  if ('date' in cell) return cell.date;
  return 'money' in cell ? plainMoney(cell.money) : cell.percent;
}

/** An amount in minor units as exact decimal text in rupiah. */
export function rupiahOf(minor: number | bigint): string {
  const digits = String(BigInt(minor)).replace('-', '').padStart(3, '0');
  const sen = digits.slice(-2).replace(/0+$/, '');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}${sen && `.${sen}`}`;
}

/** An amount in rupiah, as text where a number could not hold all its digits. */
const plainMoney = (minor: number | bigint): number | string =>
  Number.isSafeInteger(Number(minor)) ? Number(minor) / 100 : rupiahOf(minor);

export const dateCell = (date: string | null): Cell => (date === null ? null : { date });
/** The number nearest to an exact one, to six decimals. */
export const numberCell = (value: Amount | null): Cell => (value === null ? null : Number(decimalOf(value, 6)));
export const moneyCell = (minor: number | bigint | null): Cell => (minor === null ? null : { money: minor });

/** Number of rows that are read or written at a time. */
export const PIECE = 500;

/**
 * The rows of a question that is asked a page at a time, from `after` the last row before; between two pages the rest
 * of the program has its turn. A statement stays small, however many rows there are.
 */
export async function* pagesOf<T>(page: (after: T | null, limit: number) => Promise<T[]>): AsyncGenerator<T[]> {
  for (let after: T | null = null; ; ) {
    const rows: T[] = await page(after, PIECE);
    yield rows;
    if (rows.length < PIECE) return;
    after = rows.at(-1)!;
    await shareTurn();
  }
}

/** All of them. */
export async function inPages<T>(page: (after: T | null, limit: number) => Promise<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const rows of pagesOf(page)) all.push(...rows);
  return all;
}

/** Two decimals are enough to read; what is smaller than one keeps more. */
const number = (n: number | string, locale: Locale): string =>
  formatNumber(n, locale, { decimals: Math.abs(Number(n)) >= 1 || Number(n) === 0 ? 2 : 6 });

/** A cell as people read it: numbers, dates and percentages in their language, money without its sign. */
export function shownOf(cell: Cell, locale: Locale): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return number(cell, locale);
  if ('date' in cell) return formatDate(cell.date, locale, 'short');
  return 'money' in cell ? number(rupiahOf(cell.money), locale) : `${number(cell.percent, locale)}%`;
}

/** The minor units of a cell that holds money; of any other cell none. */
export const moneyOf = (cell: Cell): number | bigint =>
  typeof cell === 'object' && cell !== null && 'money' in cell ? cell.money : 0;

/** Tells whether a cell holds an amount, which stands to the right. */
export const isAmount = (cell: Cell): boolean =>
  typeof cell === 'number' || (typeof cell === 'object' && cell !== null && !('date' in cell));
