import type { Dimension } from '../domain/groups/dimensions.ts';
import type { Thing } from '../domain/thing.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import type { Planned } from '../schedule/occurrences.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { NumberWriting } from './grid.ts';
import type { Reason } from './reason.ts';
import type { Row } from './row.ts';

export const IMPORT_KINDS = [
  'partners',
  'goals',
  'indicators',
  'values',
  'activities',
  'agreements',
  'money',
  'kobo',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Verdicts on a row: entered, changes what is there, is there already, left to people, or cannot be read. */
export const VERDICTS = ['new', 'changed', 'same', 'doubtful', 'wrong'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A row as it was read, with what would be written; `write` stands with `new` and `changed` alone. */
export interface PlannedRow<W> {
  /** Its number in the file, the first being 1. */
  readonly row: number;
  readonly verdict: Verdict;
  /** Label by which people recognise it. */
  readonly label: string;
  readonly reasons: readonly Reason[];
  readonly write: W | null;
}

/** Describes what the rows of a file are judged against. */
export interface ImportContext {
  readonly db: Reader;
  readonly forumId: string;
  readonly locale: Locale;
  readonly zone: string;
  readonly now: Date;
  /** The local date. */
  readonly today: string;
  readonly catalogues: readonly Messages[];
  /** Amount above which money waits for a second person, in minor units; undefined: it never does. */
  readonly approveAbove: number | undefined;
  /** Maximum of one entry, in minor units. */
  readonly maxEntry: number;
  /** The forum's categories of money; none: any word. */
  readonly categories: readonly string[];
  /**
   * Notation of numbers that stand together in a text, such as targets of periods; null: that of the forum's language.
   */
  readonly writing: NumberWriting | null;
  /** Dimensions by which people are counted. */
  readonly dimensions: readonly Dimension[];
}

/** Describes what a write is handed besides its rows. */
export interface Applying {
  readonly tx: Tx;
  readonly forumId: string;
  readonly zone: string;
  readonly now: Date;
  readonly today: string;
  /** The number of the import. */
  readonly number: number;
  /** Member who imports, and the partner for which they sit. */
  readonly by: { readonly member: number; readonly partner: number | null };
  readonly approveAbove: number | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Describes what one row has written: enough for its line in the history, and for taking it back. */
export interface Written {
  readonly thing: Thing;
  /** The number of the thing; of a report that of its indicator. */
  readonly number: number;
  /** Row before the change; null: the thing is new. */
  readonly before: Json | null;
  /** Row as written, in the same fields. */
  readonly after: Json;
  readonly event: { readonly kind: string; readonly data: Json };
  /** Planned work because of it. */
  readonly planned?: readonly Planned[];
}

/** Describes how rows of one kind are read and written. */
export interface KindOfImport<W> {
  /** Lists of fields; a file has to have a column for one field of each. */
  readonly needed: readonly (readonly string[])[];
  readonly numbers: readonly string[];
  readonly dates: readonly string[];
  /** Notation that numbers always have in such files, whatever a column looks like. */
  readonly writing?: NumberWriting;
  /** True if rows make one thing together, so that all of them are written at once. */
  readonly isWhole?: boolean;
  plan(services: ImportContext, rows: readonly Row[]): Promise<PlannedRow<W>[]>;
  apply(how: Applying, rows: readonly PlannedRow<W>[]): Promise<Written[]>;
}
