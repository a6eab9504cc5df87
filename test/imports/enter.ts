import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { exportForum } from '../../src/cli/export.ts';
import { importByNumber } from '../../src/domain/imports/store.ts';
import { undoImport } from '../../src/domain/imports/undo.ts';
import { actorOf, memberByNumber } from '../../src/domain/people.ts';
import { applyImport, planImport } from '../../src/imports/import.ts';
import type { ImportKind } from '../../src/imports/plan.ts';
import { rowText } from '../../src/imports/text.ts';
import { localDate } from '../../src/language/dates.ts';
import { catalogue } from '../../src/language/messages.ts';
import { plain } from '../../src/language/text.ts';
import type { Store } from '../../src/storage/store.ts';
import { START } from '../world.ts';

const bytesOf = (file: string | Uint8Array): Uint8Array => (typeof file === 'string' ? Buffer.from(file) : file);

/** The one forum of a store. */
export async function forumIn(store: Store, workspace = 0) {
  const all = await store.read.select().from(store.tables.forums);
  return all[workspace]!;
}

/** Checks a file, as `/import file` and the verb do. */
export async function check(store: Store, kind: ImportKind, file: string | Uint8Array, now = START) {
  const forum = await forumIn(store);
  const planned = await planImport(store.read, forum, kind, bytesOf(file), now);
  if ('why' in planned) throw new Error(planned.why);
  return planned;
}

/** Each row's verdict and reasons, in Indonesian. */
export const said = ({ rows }: Awaited<ReturnType<typeof check>>): string[] =>
  rows.map(row => plain(rowText(catalogue.id, row)));

/** Enters a file in the name of the first member; gives the counts. */
export async function enter(store: Store, kind: ImportKind, file: string | Uint8Array, now = START) {
  const forum = await forumIn(store);
  const done = await store.write(forum.id, async tx => {
    const planned = await planImport(tx, forum, kind, bytesOf(file), now);
    if ('why' in planned) throw new Error(planned.why);
    const member = (await memberByNumber(tx, forum.id, 1))!;
    const by = { member: 1, partner: (await actorOf(tx, member)).seat?.partner ?? null };
    const { made, n } = await applyImport(tx, forum, planned, { file: 'uji.csv', by, now });
    return { number: made.number, n, counts: planned.counts };
  });
  return done;
}

/** Takes an import back. */
export async function undo(store: Store, number: number, now = START) {
  const forum = await forumIn(store);
  return store.write(forum.id, async tx => {
    const of = (await importByNumber(tx, forum.id, number))!;
    const by = { member: 1, partner: null };
    const how = { by, now, today: localDate(now, forum.zone), reason: `Impor ${number} diurungkan` };
    const done = await undoImport(tx, of, how);
    return 'why' in done ? done : { n: done.n };
  });
}

/** All rows of a table of the forum. */
export async function rowsOf(
  store: Store,
  table:
    | 'partners'
    | 'goals'
    | 'indicators'
    | 'reports'
    | 'activities'
    | 'agreements'
    | 'entries'
    | 'activityPartners'
    | 'agreementParties'
    | 'indicatorPartners'
    | 'importRows',
) {
  const forum = await forumIn(store);
  const of = store.tables[table];
  return (await store.read
    .select()
    .from(of as never)
    .where(eq((of as typeof store.tables.partners).forumId, forum.id))) as Record<string, unknown>[];
}

/** Reads the women that an activity's row counts; null: none were told. */
export const womenIn = ({ groups }: Readonly<Record<string, unknown>>): number | null =>
  (groups as { readonly women?: number } | null)?.women ?? null;

/** Every file of an export but the audit, which tells that things were entered and taken back. */
export async function exported(store: Store): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'rembug-'));
  const files = await exportForum(store, await forumIn(store), folder);
  return Object.fromEntries(
    files.filter(file => !file.startsWith('events')).map(file => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}
