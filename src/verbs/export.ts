import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq, type Table } from 'drizzle-orm';
import type { Store } from '../storage/store.ts';
import { fold } from '../storage/words.ts';
import { csvOf } from '../views/csv.ts';

/** What leaves in an export; not the machine's own tables, and no accounts of persons on platforms. */
const EXPORTED = [
  'partners',
  'goals',
  'activities',
  'activityPartners',
  'evidence',
  'issues',
  'strategies',
  'electors',
  'ballots',
  'proxies',
  'strategyVersions',
  'agreements',
  'agreementParties',
  'commitments',
  'attendances',
  'pulseCounts',
  'entries',
  'ledgerLines',
  'indicators',
  'indicatorPartners',
  'periodTargets',
  'reports',
] as const;

/** Columns that only the machine needs. */
const HIDDEN = new Set(['seq', 'forumId', 'folded', 'search', 'secretKey']);

/**
 * Writes everything of one forum that its members may read, each subject as CSV and as JSON. Private issues stay out;
 * an anonymous author is stored nowhere and so cannot leave. Returns the files; null: no forum of that name.
 */
export async function exportForum(store: Store, name: string, folder: string): Promise<string[] | null> {
  const { forums, members } = store.tables;
  const all = await store.read.select().from(forums);
  const forum = all.find(one => one.name === name) ?? all.find(one => fold(one.name).includes(fold(name)));
  if (!forum) return null;
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  const write = (file: string, rows: readonly Record<string, unknown>[]): void => {
    const visible = rows.map(row => Object.fromEntries(Object.entries(row).filter(([key]) => !HIDDEN.has(key))));
    const head = Object.keys(visible[0] ?? {});
    writeFileSync(join(folder, `${file}.json`), `${JSON.stringify(visible, null, 2)}\n`);
    writeFileSync(join(folder, `${file}.csv`), csvOf([head, ...visible.map(row => head.map(key => cell(row[key])))]));
    files.push(`${file}.json`, `${file}.csv`);
  };
  write('forum', [{ name: forum.name, locale: forum.locale, zone: forum.zone, createdAt: forum.createdAt }]);
  const people = await store.read
    .select({ number: members.number, name: members.name, coordinator: members.coordinator })
    .from(members)
    .where(eq(members.forumId, forum.id))
    .orderBy(members.number);
  write('members', people);
  for (const subject of EXPORTED) {
    const table = store.tables[subject];
    const open = subject === 'issues' ? eq(store.tables.issues.isPrivate, false) : undefined;
    const rows = await store.read
      .select()
      .from(table as never)
      .where(and(eq(forumColumn(table), forum.id), open));
    write(subject, rows as Record<string, unknown>[]);
  }
  return files;
}

const forumColumn = (table: Table) => (table as unknown as { forumId: Parameters<typeof eq>[0] }).forumId;

const cell = (value: unknown): string | number | null => {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
};
