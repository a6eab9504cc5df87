import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import type { PlannedRow, Verdict } from './plan.ts';
import type { Reason } from './reason.ts';
import type { Row } from './row.ts';

type Say = (m: Messages) => Text;

/** Compares by the order of the columns: A before B, Z before AA. */
const inColumns = ({ cell: a }: Reason, { cell: b }: Reason): number =>
  (a?.length ?? 0) - (b?.length ?? 0) || (a ?? '').localeCompare(b ?? '');

/** Judges the rows of a file one after the other: each gets one verdict, with its reasons. */
export class Judge<W> {
  readonly rows: PlannedRow<W>[] = [];
  readonly #seen = new Map<string, number>();

  #put(row: Row, verdict: Verdict, label: string, write: W | null, why: readonly Reason[]): void {
    this.rows.push({ row: row.number, verdict, label, reasons: [...row.faults.toSorted(inColumns), ...why], write });
  }

  /** Tells whether something is wrong with the row; then it is judged. */
  wrong(row: Row, label: string | undefined): boolean {
    if (!row.faults.length) return false;
    this.#put(row, 'wrong', label ?? '', null, []);
    return true;
  }

  /** Tells whether an earlier row of the file is about the same; then it is judged. */
  repeated(row: Row, label: string, key: string): boolean {
    const earlier = this.#seen.get(key);
    if (earlier === undefined) {
      this.#seen.set(key, row.number);
      return false;
    }
    this.doubtful(row, label, null, m => m.imports.why.repeated({ row: earlier }));
    return true;
  }

  doubtful(row: Row, label: string, field: string | null, say: Say): void {
    this.#put(row, 'doubtful', label, null, [{ cell: field === null ? null : row.at(field), say }]);
  }

  /** It stands in the record as the file has it, or is left out for a reason that asks nobody for anything. */
  same(row: Row, label: string, ...say: readonly Say[]): void {
    this.#put(
      row,
      'same',
      label,
      null,
      say.map(one => ({ cell: null, say: one })),
    );
  }

  make(row: Row, label: string, write: W, ...say: readonly Say[]): void {
    this.#put(
      row,
      'new',
      label,
      write,
      say.map(one => ({ cell: null, say: one })),
    );
  }

  change(row: Row, label: string, write: W, fields: readonly string[], ...more: readonly Say[]): void {
    const say: Say = m =>
      m.imports.why.changes({ fields: fields.map(one => m.imports.fields[one as never] ?? one).join(', ') });
    this.#put(
      row,
      'changed',
      label,
      write,
      [say, ...more].map(one => ({ cell: null, say: one })),
    );
  }
}

/** Describes what a file gives of a thing; undefined: the cell is blank, or there is no such column. */
export type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Returns what was given, without what was left out. */
export const defined = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;

/** The fields that a file gives and that differ from what stands; a blank cell changes nothing. */
export function differing<T extends object>(before: T, given: Given<T>): Partial<T> {
  const pairs = Object.entries(given).filter(([key, value]) => value !== undefined && before[key as keyof T] !== value);
  return Object.fromEntries(pairs) as Partial<T>;
}

/** The same fields of what stood before. */
export const asBefore = <T extends object>(before: T, set: Partial<T>): Record<string, unknown> =>
  Object.fromEntries(Object.keys(set).map(key => [key, before[key as keyof T]]));

/** Each changed field as it was and is: what a history shows. */
export const pairsOf = <T extends object>(before: T, set: Partial<T>): Record<string, { from: unknown; to: unknown }> =>
  Object.fromEntries(Object.entries(set).map(([key, to]) => [key, { from: before[key as keyof T], to }]));
