import { recordEvent } from '../domain/audit.ts';
import type { Forum } from '../domain/forums.ts';
import { type Dimension, dimensionsOf } from '../domain/groups/dimensions.ts';
import { beginImport, type Import, keepRows } from '../domain/imports/store.ts';
import { DEFAULT_MAX_ENTRY } from '../domain/money/rules.ts';
import { inserts } from '../domain/pieces.ts';
import { localDate } from '../language/dates.ts';
import { catalogue, type Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import { plan } from '../schedule/occurrences.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { aliasesIn } from './aliases.ts';
import { type FileNo, type Grid, UnreadableFile } from './grid.ts';
import { groupFields, headingsOfGroups } from './groups.ts';
import { findTable, type Headings, isExport } from './headings.ts';
import { KINDS } from './kinds.ts';
import { openTables } from './open.ts';
import { type ImportContext, type ImportKind, type PlannedRow, VERDICTS, type Verdict, type Written } from './plan.ts';
import { rowsOf, type Writings, writingsOf } from './row.ts';

import { groupColumns, headingsOfSubmissions } from './submissions.ts';

/** Reasons for which nothing of a file can be entered. */
export type ImportNo = { readonly why: FileNo | 'no_heading' | 'no_rows' | 'other_forum' };

/** Describes where the table stood. What stands in its cells is needed no more once its rows are judged. */
export interface Found {
  readonly sheet: string | null;
  /** The row of the headings, the first being 1. */
  readonly head: number;
  /** Headings of columns that are not read. */
  readonly unknown: readonly string[];
}

/** Describes what would come of a file: each row with its verdict. Nothing is written. */
export interface ImportPlan {
  readonly kind: ImportKind;
  readonly table: Found;
  readonly writings: Writings;
  readonly rows: readonly PlannedRow<unknown>[];
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** The headings of a kind in every language. */
function headingsOf(kind: ImportKind): Headings {
  const found: Record<string, string[]> = {};
  for (const m of Object.values(catalogue))
    for (const [field, words] of Object.entries(m.imports.headings[kind]))
      found[field] = [...(found[field] ?? []), ...words];
  return found;
}

/** Headings that a kind of file may have, and which of their columns hold numbers, with those of the forum's groups. */
function columnsOf(kind: ImportKind, dimensions: readonly Dimension[]): { headings: Headings; numbers: string[] } {
  const known = headingsOf(kind);
  const numbers = [...KINDS[kind].numbers];
  const catalogues = Object.values(catalogue);
  if (kind === 'activities') {
    const headings = { ...known, ...headingsOfGroups(dimensions, catalogues) };
    return { headings, numbers: [...numbers, ...groupFields(dimensions)] };
  }
  if (kind !== 'kobo') return { headings: known, numbers };
  const groups = dimensions.flatMap(one => one.groups);
  const own = headingsOfSubmissions(groups, catalogues);
  const all = Object.entries(own).map(([field, words]) => [field, [...words, ...(known[field] ?? [])]]);
  return { headings: Object.fromEntries(all) as Headings, numbers: [...numbers, ...groupColumns(groups)] };
}

/** The fields of which a file needs one column each, in words. */
export const neededFields = (m: Messages, kind: ImportKind): string =>
  KINDS[kind].needed
    // Some columns only servers write, under names that nobody types.
    .map(oneOf => oneOf.filter(field => field in m.imports.headings[kind]).map(field => headingOf(m, kind, field)))
    .map(names => names.join(' / '))
    .join(', ');

/** Returns what stands above a field's column in a template. */
export const headingOf = (m: Messages, kind: ImportKind, field: string): string =>
  (m.imports.headings[kind] as Readonly<Record<string, readonly string[]>>)[field]?.[0] ?? field;

/** Reads a file and judges every row of it against the record. */
export async function planImport(
  db: Reader,
  forum: Forum,
  kind: ImportKind,
  bytes: Uint8Array,
  now: Date,
): Promise<ImportPlan | ImportNo> {
  const grids = await openTables(bytes).catch(error => {
    if (error instanceof UnreadableFile) return error;
    throw error;
  });
  if (grids instanceof UnreadableFile) return { why: grids.why };
  return grids.some(isExport) ? { why: 'other_forum' } : planTables(db, forum, kind, grids, now);
}

/** Finds the table of a kind among tables that were read, and judges every row of it against the record. */
export async function planTables(
  db: Reader,
  forum: Forum,
  kind: ImportKind,
  grids: readonly Grid[],
  now: Date,
): Promise<ImportPlan | ImportNo> {
  const { needed, dates, plan: judge } = KINDS[kind];
  const dimensions = dimensionsOf(forum.settings);
  const { headings, numbers } = columnsOf(kind, dimensions);
  const table = findTable(grids, headings, needed);
  if (!table) return { why: 'no_heading' };
  const { locale, zone, settings } = forum;
  const writing = table.grid.writing ?? KINDS[kind].writing;
  const writings = writingsOf(table, { numbers, dates, writing }, locale);
  const found = [...rowsOf(table, writings, { locale, now, aliases: aliasesIn(grids) })];
  if (!found.length) return { why: 'no_rows' };
  const services: ImportContext = {
    db,
    forumId: forum.id,
    locale,
    zone,
    now,
    today: localDate(now, zone),
    catalogues: Object.values(catalogue),
    approveAbove: settings.approveAbove,
    maxEntry: settings.maxEntry ?? DEFAULT_MAX_ENTRY,
    categories: settings.moneyCategories ?? [],
    dimensions,
    writing: writing ?? null,
  };
  const rows = await judge(services, found);
  const counts = Object.fromEntries(
    VERDICTS.map(verdict => [verdict, rows.filter(row => row.verdict === verdict).length]),
  ) as Record<Verdict, number>;
  const { grid, head, unknown } = table;
  return { kind, table: { sheet: grid.sheet, head: head + 1, unknown }, writings, rows, counts };
}

/** The rows that would be written. */
export const writable = ({ rows }: ImportPlan): PlannedRow<unknown>[] =>
  rows.filter(row => row.verdict === 'new' || row.verdict === 'changed');

/**
 * Writes what a plan found to be new or changed, in the unit of work in which it was made. Nobody is written to: the
 * audit tells of each row, and of the import as a whole.
 */
export async function applyImport(
  tx: Tx,
  forum: Forum,
  planned: ImportPlan,
  how: {
    readonly file: string;
    readonly by: { readonly member: number; readonly partner: number | null };
    readonly now: Date;
  },
): Promise<{
  readonly made: Import;
  readonly n: number;
  readonly waiting: number;
  readonly changed: readonly Written[];
}> {
  const { id: forumId, zone, settings } = forum;
  const { kind, counts } = planned;
  const made = await beginImport(tx, forumId, { kind, file: how.file, counts, madeBy: how.by.member }, how.now);
  const rows = writable(planned);
  const applying = {
    tx,
    forumId,
    zone,
    now: how.now,
    today: localDate(how.now, zone),
    number: made.number,
    by: how.by,
    approveAbove: settings.approveAbove,
  };
  const changed: Written[] = [];
  let n = 0;
  // Rows of a piece are written before the next is begun, so that a large file takes no more memory than a small one.
  for (const piece of KINDS[kind].isWhole ? [rows] : inserts(rows)) {
    const written = await KINDS[kind].apply(applying, piece);
    await keepRows(tx, made, written, n);
    for (const one of written) if (one.planned?.length) await plan(tx, forumId, ...one.planned);
    for (const one of written) if (one.before !== null) changed.push(one);
    n += written.length;
  }
  const data = { import: made.number, kind, file: how.file, counts };
  await recordEvent(tx, forumId, how.by.member, { kind: 'import.made', thing: 'forum', number: 0, data }, how.now);
  const above = settings.approveAbove;
  const isWaiting = (write: unknown): boolean =>
    kind === 'money' && above !== undefined && (write as { amount: number }).amount > above;
  return { made, n, waiting: rows.filter(row => isWaiting(row.write)).length, changed };
}

/** Returns the reasons for the verdict on a row, in one language. */
export const reasonsOf = (m: Messages, row: PlannedRow<unknown>): Text[] => row.reasons.map(one => one.say(m));
